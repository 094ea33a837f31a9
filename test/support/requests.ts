import { expect, type Page } from '@playwright/test';
import type { World } from './world.js';

/** Writes down the address of every request of a page and its frames, as `METHOD url`. */
export function recordRequests(page: Page): readonly string[] {
  const seen: string[] = [];
  page.on('request', (request) => seen.push(`${request.method()} ${request.url()}`));
  return seen;
}

/** Requests that went elsewhere than to the page's own server, our documents, and the vault; that one to a thief is seen is tried last. */
export async function strayRequests(page: Page, world: World, requests: readonly string[]): Promise<readonly string[]> {
  const own = [`GET ${world.elements}/`, `GET ${world.shop}/`, `POST ${world.vaultUrl}/v1/`];
  const stray = requests.filter((line) => !own.some((start) => line.startsWith(start)));
  const thief = world.hosts.origin('thief');
  await page.evaluate((url) => fetch(url, { mode: 'no-cors' }).catch(() => undefined), thief);
  expect(requests.filter((line) => line.includes(thief))).toHaveLength(
    stray.filter((line) => line.includes(thief)).length + 1,
  );
  return stray;
}
