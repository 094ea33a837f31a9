import type { Site } from '@cloister/elements';
import { EngineBench } from '../support/engines/engine-bench.js';
import { expect, test } from '../support/engines/engine-test.js';
import { startWorld } from '../support/world.js';

/** A careless host, that serves every file without its policy. */
function withoutPolicy(site: Site): Site {
  const files = [...site.files].map(([path, { body, headers }]) => {
    const { 'Content-Security-Policy': _, ...others } = headers;
    return [path, { body, headers: others }] as const;
  });
  return { ...site, files: new Map(files) };
}

test('served without its policy, a frame accepts no input', async ({ tab }) => {
  const world = await startWorld({ served: withoutPolicy });
  try {
    const bench = new EngineBench(tab, world);
    await bench.open();
    expect(await bench.tryMount('one frame')).toMatchObject({ code: 'unsupported' });
  } finally {
    await world.close();
  }
});
