import type { Page } from 'playwright-core';

/** Fields that are gone through by keyboard. */
const STEPS = 8;

/**
 * What a customer does before paying, as far as it changes nothing: the pointer moves, the page is scrolled, fields are gone through. Skimmers
 * wait for that. Nothing is typed, clicked or sent.
 */
export async function shopAround(page: Page): Promise<void> {
  await page.mouse.move(40, 40);
  await page.mouse.move(220, 180, { steps: 3 });
  await page.mouse.wheel(0, 400);
  for (let step = 0; step < STEPS; step += 1) await page.keyboard.press('Tab');
  await page.mouse.wheel(0, -400);
}
