import { expect, test as base } from '@playwright/test';
import { watchOwnRequests } from './own-requests.js';
import { startWorld, type World, type WorldOptions } from './world.js';

export { expect } from '@playwright/test';

interface Options {
  /** Words in addresses that a test asks for itself, from inside one of our documents. Default: none. */
  readonly tried: readonly string[];
}

interface Worker {
  /** What this file's world is made from; set it with `test.use`. */
  readonly worldOptions: WorldOptions;
  readonly world: World;
}

/**
 * Playwright's `test` with a world of its own in each worker. Whatever a test is about, it fails when a document of ours asked a host that
 * the configuration does not name (A23).
 */
export const test = base.extend<Options, Worker>({
  tried: [[], { option: true }],
  worldOptions: [{}, { option: true, scope: 'worker' }],
  world: [
    async ({ worldOptions }, use) => {
      const world = await startWorld(worldOptions);
      await use(world);
      await world.close();
    },
    { scope: 'worker' },
  ],
  context: async ({ context, world, tried }, use) => {
    const stray = watchOwnRequests(context, world);
    await use(context);
    expect(
      stray.filter((line) => !tried.some((word) => line.includes(word))),
      'requests of our documents to hosts outside the configuration',
    ).toEqual([]);
  },
});
