import type { Locator, Page } from 'playwright-core';

/** A card as a shopper types it, field by field. */
export const CARD_KEYS = ['4242424242424242', '1230', '737', 'Ada Lovelace'] as const;

/** The inputs of all frames, in the order of the page. */
export async function inputsOf(page: Page): Promise<readonly Locator[]> {
  const found = await Promise.all(page.frames().map((frame) => frame.locator('input').all()));
  return found.flat();
}

/** Clicks into a field and replaces what is in it, key by key. */
export async function retype(page: Page, input: Locator | undefined, text: string): Promise<void> {
  if (input === undefined) throw new Error('there is no such input');
  await input.click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

/** Types the whole card. */
export async function typeCard(page: Page): Promise<readonly Locator[]> {
  const inputs = await inputsOf(page);
  for (const [index, keys] of CARD_KEYS.entries()) await retype(page, inputs[index], keys);
  return inputs;
}
