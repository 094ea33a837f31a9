import { expect, type Frame, type Page } from '@playwright/test';
import { paidCard } from './paid-card.js';
import { RevealBench } from './reveal-bench.js';
import type { World } from './world.js';

/** The one reveal frame of a page. */
export const revealFrame = (page: Page): Frame => {
  const frame = page.frames().find((each) => each.url().endsWith('/reveal.html'));
  if (frame === undefined) throw new Error('no frame');
  return frame;
};

/** Pays with a card and shows all that may be shown of it, in one frame. */
export async function shownCard(page: Page, world: World): Promise<RevealBench> {
  const bench = new RevealBench(page, world);
  await bench.mount('one frame', await paidCard(page, world, { hideAfter: 600 }));
  expect(await bench.show()).toMatchObject({ ok: true, states: [{ status: 'shown' }, {}, {}] });
  return bench;
}

/** Runs before any script of ours and keeps an event from it. */
export const deafen = (type: string): void => {
  const { addEventListener } = window;
  const deaf = (...[name, ...rest]: Parameters<typeof addEventListener>): void => {
    if (name !== type) addEventListener.call(window, name, ...rest);
  };
  Object.assign(window, { addEventListener: deaf });
};
