import { test as base, type TestInfo } from '@playwright/test';
import { ENGINES, type EngineName } from '../../../scripts/lib/engines.mjs';
import { startWorld, type World } from '../world.js';
import { startChromium } from './chromium.js';
import type { Engine, Session } from './driver.js';
import { startFirefox } from './firefox.js';
import { Tab } from './tab.js';
import { startWebKit } from './webkit.js';

export { expect } from '@playwright/test';

const START: Readonly<Record<EngineName, () => Promise<Engine>>> = {
  chromium: startChromium,
  firefox: startFirefox,
  webkit: startWebKit,
};

/** The engine that a project stands for. */
function engineOf({ project }: Pick<TestInfo, 'project'>): EngineName {
  const found = ENGINES.find((name) => name === project.name);
  if (found === undefined) throw new Error(`${project.name} is no engine`);
  return found;
}

interface Fixtures {
  readonly engineName: EngineName;
  /** Stores and clipboard of this test alone. */
  readonly session: Session;
  readonly tab: Tab;
}

interface Worker {
  readonly engine: Engine;
  readonly world: World;
}

/** Playwright's runner with an engine of our own driving: the project's name says which. */
export const test = base.extend<Fixtures, Worker>({
  engine: [
    async ({}, use, info) => {
      const engine = await START[engineOf(info)]();
      await use(engine);
      await engine.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  world: [
    async ({}, use) => {
      const world = await startWorld();
      await use(world);
      await world.close();
    },
    { scope: 'worker' },
  ],
  engineName: async ({ engine }, use) => use(engine.name),
  session: async ({ engine }, use) => {
    const session = await engine.session();
    await use(session);
    await session.close();
  },
  tab: async ({ session }, use) => use(new Tab(await session.open())),
});
