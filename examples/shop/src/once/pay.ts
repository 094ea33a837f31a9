import type { FrameLocator, Page } from 'playwright-core';

/** A date that is years away whenever this runs. */
const YEAR = String((new Date().getFullYear() + 4) % 100).padStart(2, '0');

/** Test cards of the brands' documentation; they pay nothing anywhere. */
export const VISA = { number: '4242424242424242', expiry: `12${YEAR}`, cvc: '123', name: 'Ada Lovelace' };
export const MASTERCARD = { number: '5555555555554444', expiry: `12${YEAR}`, cvc: '456', name: 'José Nguyễn' };

type Card = typeof VISA;

/** How a shown card should read: the number in groups of four, the date with a slash, the name as it was typed. */
export const asShown = ({ number, expiry, name }: Card): readonly string[] => [
  Array.from(number, (digit, at) => (at > 0 && at % 4 === 0 ? ` ${digit}` : digit)).join(''),
  name,
  `${expiry.slice(0, 2)}/${expiry.slice(2)}`,
];

/** Pays with the one-frame form: types, walks by Tab, and presses the page's button. */
export async function payByForm(page: Page, shop: string, filled: () => Promise<void>): Promise<void> {
  await page.goto(`${shop}/checkout?item=tide`);
  await page.frameLocator('#card iframe').getByLabel('Card number').click();
  for (const [index, text] of Object.values(VISA).entries()) {
    if (index > 0) await page.keyboard.press('Tab');
    await page.keyboard.type(text);
  }
  await filled();
  await page.getByRole('button', { name: 'Pay' }).click();
  await page.getByRole('heading', { name: 'Thank you' }).waitFor();
}

/** Pays with a frame per field: walks by Tab from frame to frame, and presses Enter. */
export async function payByFields(page: Page, shop: string, filled: () => Promise<void>): Promise<void> {
  await page.goto(`${shop}/checkout?item=moss&mode=fields`);
  const frames = Object.keys(MASTERCARD).map((field) => page.frameLocator(`#${field} iframe`));
  await Promise.all(frames.map((frame) => frame.getByRole('textbox').waitFor()));
  await page.frameLocator('#number iframe').getByRole('textbox').click();
  for (const [index, text] of Object.values(MASTERCARD).entries()) {
    if (index > 0) await tabInto(page, frames[index]);
    await page.keyboard.type(text);
  }
  await filled();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Thank you' }).waitFor();
}

/** Frames of another site live in other processes; the focus needs a moment to get there, less than any person does. */
async function tabInto(page: Page, frame: FrameLocator | undefined): Promise<void> {
  await page.keyboard.press('Tab');
  await frame?.locator('input:focus').waitFor();
}
