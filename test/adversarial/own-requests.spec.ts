import type { Page } from '@playwright/test';
import { watchOwnRequests } from '../support/own-requests.js';
import { expect, test } from '../support/test.js';

const ask = (page: Page, url: string): Promise<unknown> =>
  page.evaluate((address) => fetch(address, { mode: 'no-cors' }).catch(() => undefined), url);

test('A23 A26 a request of our documents to any other host would be noticed, as it is watched for in every test', async ({
  browser,
  world,
}) => {
  // Without its policy, which would stop it, a document does not run; that it asks for something is tried from inside.
  const context = await browser.newContext({ bypassCSP: true });
  const stray = watchOwnRequests(context, world);
  const page = await context.newPage();
  const ours = `${world.elements}/collect.html`;
  const thief = `${world.hosts.origin('thief')}/taken`;
  await page.goto(ours);
  expect(stray).toEqual([]);
  await ask(page, thief);
  expect(stray).toEqual([`${ours}: ${thief}`]);
  // What another page asks for is that page's.
  await page.goto(`${world.shop}/bench`);
  await ask(page, thief);
  expect(stray).toHaveLength(1);
  await context.close();
});
