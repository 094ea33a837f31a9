import type { CollectForm } from '@cloister/bridge';
import { FIELDS, VISA } from '../support/bench-page.js';
import { recordRequests } from '../support/requests.js';
import { expect, test } from '../support/test.js';

declare global {
  interface Window {
    forms: CollectForm[];
  }
}

const FORMS = 10;
const place = (index: number): string => `form-${String(index)}`;

test('ten forms on one page share one coordinator and one document, and are submitted together', async ({
  page,
  world,
}) => {
  const requests = recordRequests(page);
  await page.goto(`${world.shop}/bench`);
  await page.evaluate(
    async (ids) => {
      window.client = window.makeClient();
      window.forms = ids.map((id) => {
        const element = document.createElement('div');
        element.id = id;
        document.body.append(element);
        return window.client.collect('cards');
      });
      const layout = [['number'], ['expiry', 'cvc'], ['name']];
      await Promise.all(window.forms.map((form, index) => form.mount(`#${ids[index] ?? ''}`, { layout })));
    },
    Array.from({ length: FORMS }, (_, index) => place(index)),
  );
  await expect(page.locator('iframe')).toHaveCount(FORMS);
  for (let index = 0; index < FORMS; index += 1) {
    const form = page.frameLocator(`#${place(index)} iframe`);
    for (const field of FIELDS) await form.getByLabel(field, { exact: true }).fill(VISA[field]);
  }
  await expect(page.locator('iframe')).toHaveCount(FORMS + 1);
  const records = await page.evaluate(() =>
    Promise.all(window.forms.map((form) => form.submit().then(({ record, tokens }) => [record, tokens['number']]))),
  );
  expect(new Set(records.flat()).size).toBe(2 * FORMS);
  expect(requests.filter((line) => line.includes('/collect.html'))).toHaveLength(FORMS);
  expect(requests.filter((line) => line.includes('/coordinator.html'))).toHaveLength(1);
  await page.evaluate(() => {
    window.client.destroy();
  });
  await expect(page.locator('iframe')).toHaveCount(0);
});
