import { expect, type Page } from '@playwright/test';

/**
 * Waits until the frame at a place is as high as what is in it: it is ready before its first layout, and its height comes when
 * the browser has made one.
 */
export async function laidOut(page: Page, place: string): Promise<void> {
  const iframe = page.locator(`${place} iframe`);
  const content = page.frameLocator(`${place} iframe`).locator('main');
  await expect(async () => {
    const height = await content.evaluate((main) => `${String(Math.ceil(main.getBoundingClientRect().height))}px`);
    expect(await iframe.evaluate((frame) => frame.style.height)).toBe(height);
  }).toPass({ intervals: [10, 20, 50], timeout: 10_000 });
}
