import type { Site } from '@cloister/elements';
import { EngineBench } from '../support/engines/engine-bench.js';
import { expect, test } from '../support/engines/engine-test.js';
import type { Tab } from '../support/engines/tab.js';
import { startWorld } from '../support/world.js';

/** A careless host, that serves every document with a policy of its own or with none. */
const withPolicy =
  (policy: string) =>
  (site: Site): Site => {
    const files = [...site.files].map(([path, { body, headers }]) => {
      const { 'Content-Security-Policy': _, ...others } = headers;
      const named = policy !== '' && path.endsWith('.html') ? { 'Content-Security-Policy': policy } : {};
      return [path, { body, headers: { ...others, ...named } }] as const;
    });
    return { ...site, files: new Map(files) };
  };

async function mountServed(tab: Tab, policy: string): Promise<unknown> {
  const world = await startWorld({ served: withPolicy(policy) });
  try {
    const bench = new EngineBench(tab, world);
    await bench.open();
    return await bench.tryMount('one frame');
  } finally {
    await world.close();
  }
}

test('served without its policy, a frame accepts no input', async ({ tab }) => {
  expect(await mountServed(tab, '')).toMatchObject({ code: 'unsupported' });
});

test('A27 served with a policy that refuses text as code and names no scripts, a frame accepts no input', async ({
  tab,
}) => {
  const typed = "require-trusted-types-for 'script'; trusted-types 'none' cloister";
  expect(await mountServed(tab, typed)).toMatchObject({ code: 'unsupported' });
  // What it misses is the directive that is missing.
  expect(await mountServed(tab, `script-src 'unsafe-inline'; ${typed}`)).toBeNull();
});
