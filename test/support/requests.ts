import type { Page } from '@playwright/test';

/** Writes down the address of every request of a page and its frames, as `METHOD url`. */
export function recordRequests(page: Page): readonly string[] {
  const seen: string[] = [];
  page.on('request', (request) => seen.push(`${request.method()} ${request.url()}`));
  return seen;
}
