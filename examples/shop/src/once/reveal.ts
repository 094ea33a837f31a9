import type { Page } from 'playwright-core';

/** What a card's frame drew. */
export interface ShownCard {
  readonly masked: string;
  /** Number, name, expiry. */
  readonly full: readonly string[];
}

/** Shows the newest card masked, then whole. */
export async function revealNewest(page: Page, shown: () => Promise<void>): Promise<ShownCard> {
  const card = page.locator('.cards li').first();
  const values = card.frameLocator('iframe').locator('output[data-status=shown]');
  await card.getByRole('button', { name: 'Show:' }).click();
  const masked = await values.first().textContent();
  await card.getByRole('button', { name: 'Show full number' }).click();
  await values.nth(2).waitFor();
  await shown();
  return { masked: masked ?? '', full: await values.allTextContents() };
}
