import type { FrameLocator, Page } from 'playwright-core';

/** Test numbers of the brands' documentation; they pay nothing anywhere. */
export const VISA = '4242424242424242';
export const MASTERCARD = '5555555555554444';

/** A date that is years away whenever this runs. */
const EXPIRY = `12${String((new Date().getFullYear() + 4) % 100).padStart(2, '0')}`;

/** Pays with the one-frame form: types, walks by Tab, and presses the page's button. */
export async function payByForm(page: Page, shop: string, filled: () => Promise<void>): Promise<void> {
  await page.goto(`${shop}/checkout?item=tide`);
  await focusNumber(page.frameLocator('#card iframe'));
  await typeAll(page, [VISA, EXPIRY, '123', 'Ada Lovelace']);
  await filled();
  await page.getByRole('button', { name: 'Pay' }).click();
  await page.getByRole('heading', { name: 'Thank you' }).waitFor();
}

/** Pays with a frame per field: walks by Tab from frame to frame, and presses Enter. */
export async function payByFields(page: Page, shop: string, filled: () => Promise<void>): Promise<void> {
  await page.goto(`${shop}/checkout?item=moss&mode=fields`);
  for (const field of ['expiry', 'cvc', 'name'])
    await page.frameLocator(`#${field} iframe`).getByRole('textbox').waitFor();
  await focusNumber(page.frameLocator('#number iframe'));
  await typeAll(page, [MASTERCARD, EXPIRY, '456', 'José Nguyễn']);
  await filled();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Thank you' }).waitFor();
}

const focusNumber = (frame: FrameLocator): Promise<void> => frame.getByLabel('Card number').click();

/** Key presses go where the focus is, as a person's do. */
async function typeAll(page: Page, texts: readonly string[]): Promise<void> {
  for (const [index, text] of texts.entries()) {
    if (index > 0) await page.keyboard.press('Tab');
    await page.keyboard.type(text);
  }
}
