import type { Page } from 'playwright-core';
import { MASTERCARD } from './pay.js';

/** How the card's number is read out: in groups of four. */
const GROUPED = Array.from(MASTERCARD, (digit, at) => (at > 0 && at % 4 === 0 ? ` ${digit}` : digit)).join('');

/** Shows the newest card masked, then whole. @returns what the frame drew while it was masked. */
export async function revealNewest(page: Page, shown: () => Promise<void>): Promise<string> {
  const card = page.locator('.cards li').first();
  const value = card.frameLocator('iframe').locator('output[data-status=shown]').first();
  await card.getByRole('button', { name: 'Show:' }).click();
  const masked = await value.textContent();
  await card.getByRole('button', { name: 'Show full number' }).click();
  await card.frameLocator('iframe').getByText(GROUPED).waitFor();
  await shown();
  return masked ?? '';
}
