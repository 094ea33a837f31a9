import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { watchPage } from '@cloister/cli';
import { makeBaseline, watchFindings, type Baseline, type WatchFinding } from '@cloister/csp';
import { expect, test as base, type Browser } from '@playwright/test';
import { cloister, type Ended } from '../support/cli.js';
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

const ROUNDS = process.env['CLOISTER_SOAK'] === undefined ? 2 : 100;

test(`a page that is as it was approved gives no alert in ${String(ROUNDS)} cycles`, async ({
  browser,
  target: { page, baseline },
}) => {
  test.setTimeout(ROUNDS * 30_000);
  page.tamper(undefined);
  for (let round = 0; round < ROUNDS; round += 1)
    expect(watchFindings(await sightings(browser, page.url, 1), baseline), `round ${String(round)}`).toEqual([]);
});

test('a page is approved, watched, and what is found is written down so that nobody can unwrite it', async ({
  target: { page },
}, info) => {
  const folder = info.outputPath();
  await mkdir(folder, { recursive: true });
  const alerts: string[] = [];
  const desk = await startDesk(alerts);
  const monitor = (...words: readonly string[]): Promise<Ended> =>
    cloister(['csp', 'monitor', page.url, '--loads', '1', '--stay', '400', '--evidence', 'evidence', ...words], {
      cwd: folder,
    });
  page.tamper(undefined);
  expect(await monitor()).toMatchObject({ code: 3 });
  expect(await monitor('--approve', '--by', 'Ann')).toMatchObject({ code: 2 });
  const approved = await monitor('--approve', '--by', 'Ann', '--because', 'first');
  expect(approved, approved.noted).toMatchObject({ code: 0 });
  const clean = await monitor('--webhook', desk.url, '--junit', 'junit.xml');
  expect(clean, clean.printed).toMatchObject({ code: 0 });
  expect(alerts).toEqual([]);
  page.tamper(TAMPERS[0]);
  const found = await monitor('--webhook', desk.url, '--sarif', 'found.sarif');
  expect(found, found.printed).toMatchObject({ code: 1 });
  expect(found.printed).toContain('gone header x-content-type-options');
  expect(alerts.map((alert) => (JSON.parse(alert) as { readonly findings: readonly unknown[] }).findings)).toHaveLength(
    1,
  );
  expect(await readFile(join(folder, 'found.sarif'), 'utf8')).toContain('x-content-type-options');
  expect(await readFile(join(folder, 'junit.xml'), 'utf8')).toContain('failures="0"');

  const evidence = await cloister(['csp', 'evidence', 'evidence'], { cwd: folder });
  expect(evidence, evidence.noted).toMatchObject({ code: 0 });
  expect(evidence.printed).toContain('by Ann: first');
  const file = join(folder, 'evidence', 'evidence.jsonl');
  await writeFile(file, (await readFile(file, 'utf8')).replace('"by":"Ann"', '"by":"Bob"'));
  const broken = await cloister(['csp', 'evidence', 'evidence'], { cwd: folder });
  expect(broken).toMatchObject({ code: 1 });
  expect(broken.noted).toContain('line 2 was changed');
  const silenced = await monitor('--webhook', desk.url);
  expect(silenced, silenced.printed).toMatchObject({ code: 1 });
  expect(silenced.noted).toContain('the evidence is broken');
  expect(alerts).toHaveLength(2);
  page.tamper({ title: 'the shop is down', change: (answer) => ({ ...answer, status: 503 }), finding: {} });
  const unseen = await monitor('--webhook', desk.url);
  expect(unseen, unseen.printed).toMatchObject({ code: 2 });
  expect(JSON.parse(alerts[2] ?? '{}')).toMatchObject({ page: page.url, problem: `${page.url} answered 503` });
  await desk.close();
});

/** Takes alerts. */
async function startDesk(alerts: string[]): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => (body += part));
    request.on('end', () => {
      alerts.push(body);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
