import { test as base } from '@playwright/test';
import { startWorld, type World } from './world.js';

export { expect } from '@playwright/test';

/** Playwright's `test` with a world of its own in each worker. */
export const test = base.extend<object, { readonly world: World }>({
  world: [
    async ({ browserName }, use) => {
      void browserName;
      const world = await startWorld();
      await use(world);
      await world.close();
    },
    { scope: 'worker' },
  ],
});
