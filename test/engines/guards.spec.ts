import type { Site } from '@cloister/elements';
import { EngineBench } from '../support/engines/engine-bench.js';
import { expect, test } from '../support/engines/engine-test.js';
import { tryEverything } from '../support/foreign-code.js';
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

/** What no policy of ours lets code do, in any engine: WebKit compiles WebAssembly, and not every engine has Trusted Types. */
const NEVER = ['eval', 'function', 'handler', 'data script', 'network', 'image'];

for (const [title, policy] of [
  ['without its policy', ''],
  ['with a policy that names no scripts', "require-trusted-types-for 'script'; trusted-types 'none' cloister"],
] as const)
  test(`A27 served ${title}, a frame has its own: it runs nothing that is not ours and loads nothing`, async ({
    tab,
  }) => {
    const world = await startWorld({ served: withPolicy(policy) });
    try {
      const bench = new EngineBench(tab, world);
      await bench.open();
      expect(await bench.tryMount('one frame')).toBeNull();
      const done = await tab.runIn(['#card iframe'], tryEverything, `${world.shop}/bench.js`);
      expect(done.filter((each) => NEVER.includes(each))).toEqual([]);
    } finally {
      await world.close();
    }
  });
