import { watchPage } from '@cloister/cli';
import { makeBaseline, watchFindings, type Baseline, type WatchFinding } from '@cloister/csp';
import { expect, test as base, type Browser } from '@playwright/test';
import { TamperPage, TAMPERS } from '../support/tamper-page.js';

const STAY = 400;

async function sightings(browser: Browser, url: string, loads: number) {
  return (await watchPage(browser, { url, loads, stay: STAY })).map(({ sighting }) => sighting);
}

const test = base.extend<object, { readonly target: { readonly page: TamperPage; readonly baseline: Baseline } }>({
  target: [
    async ({ browser }, use) => {
      const page = await TamperPage.start();
      const seen = await sightings(browser, page.url, 1);
      await use({ page, baseline: makeBaseline(page.url, seen, { by: 'Ann', because: 'first', at: '2026-01-01' }) });
      await page.close();
    },
    { scope: 'worker' },
  ],
});

/** Addresses of a fixture begin with a port that is another one each time. */
const fits = (finding: WatchFinding, { name, ...rest }: Partial<WatchFinding>): boolean =>
  (name === undefined || finding.name === name || finding.name.endsWith(name)) &&
  Object.entries(rest).every(([key, value]) => JSON.stringify(Reflect.get(finding, key)) === JSON.stringify(value));

for (const tamper of TAMPERS) {
  test(`one cycle finds that ${tamper.title}`, async ({ browser, target: { page, baseline } }) => {
    page.tamper(tamper);
    const found = watchFindings(await sightings(browser, page.url, tamper.loads ?? 1), baseline);
    expect(
      found.filter((finding) => fits(finding, tamper.finding)),
      JSON.stringify(found, null, 1),
    ).not.toEqual([]);
  });
}

/** Beside others on a small machine. */
test.describe.configure({ timeout: 120_000 });

const ROUNDS = process.env['CLOISTER_SOAK'] === undefined ? 4 : 100;

test(`a page that is as it was approved gives no alert in ${String(ROUNDS)} cycles`, async ({
  browser,
  target: { page, baseline },
}) => {
  test.setTimeout(ROUNDS * 30_000);
  page.tamper(undefined);
  for (let round = 0; round < ROUNDS; round += 1)
    expect(watchFindings(await sightings(browser, page.url, 1), baseline), `round ${String(round)}`).toEqual([]);
});
