import { test as base } from '@playwright/test';
import { startWorld, type World, type WorldOptions } from './world.js';

export { expect } from '@playwright/test';

interface Worker {
  /** What this file's world is made from; set it with `test.use`. */
  readonly worldOptions: WorldOptions;
  readonly world: World;
}

/** Playwright's `test` with a world of its own in each worker. */
export const test = base.extend<object, Worker>({
  worldOptions: [{}, { option: true, scope: 'worker' }],
  world: [
    async ({ worldOptions }, use) => {
      const world = await startWorld(worldOptions);
      await use(world);
      await world.close();
    },
    { scope: 'worker' },
  ],
});
