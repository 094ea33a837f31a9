import type { Page } from '@playwright/test';
import { FIELDS, VISA } from './bench-page.js';
import { COLLECT_SETUP, FORM } from './raw-frame.js';

declare global {
  interface Window {
    /** The coordinator that `openByHand` opened; its collect frame is `raw`. */
    coordinator: Window['raw'];
  }
}

/** A coordinator and a collect frame by hand, the collect frame set up with a form id that others have, too. */
export async function openByHand(
  page: Page,
  elements: string,
): Promise<{ readonly coordinator: string; readonly collect: string }> {
  return page.evaluate(
    async ({ elements, setup }) => {
      window.coordinator = await window.openReady(`${elements}/coordinator.html`);
      window.raw = await window.openReady(`${elements}/collect.html`, setup);
      return { coordinator: window.coordinator.hellos[0]?.frame ?? '', collect: window.raw.hellos[0]?.frame ?? '' };
    },
    { elements, setup: COLLECT_SETUP },
  );
}

/** Pairs the collect frame with the coordinator of that id; answers the reply. */
export const pairByHand = (page: Page, coordinator: string): Promise<unknown> =>
  page.evaluate((partner) => window.raw.call(['pair'], partner), { coordinator, form: FORM });

/** Submits frames of that id by hand; answers the reply. */
export const submitByHand = (page: Page, frame: string, path: string): Promise<unknown> =>
  page.evaluate(
    async ({ form, frame, path }) => {
      const prepared = (await window.coordinator.call(['prepare'], {})) as { result: { thumbprint: string } };
      const session = await window.sessionAt(path)({
        jkt: prepared.result.thumbprint,
        purpose: 'collect',
        collection: 'cards',
      });
      return window.coordinator.call(['submit'], { form, collection: 'cards', frames: [frame], session });
    },
    { form: FORM, frame, path },
  );

/** Types a card into the collect frame. */
export async function fillByHand(page: Page): Promise<void> {
  const frame = page.frames().find((each) => each.url().includes('/collect.html'));
  for (const field of FIELDS) await frame?.getByLabel(field, { exact: true }).fill(VISA[field]);
}
