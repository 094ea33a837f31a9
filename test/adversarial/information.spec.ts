import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { patientThief, scripts, type Script } from '../support/information/adversary.js';
import { ONE_OF_EACH, oneFact } from '../support/information/collections.js';
import { partition, type Partition } from '../support/information/partition.js';
import { RowOfFrames } from '../support/information/row-of-frames.js';
import { FIELD_TYPES, labelled, type Labelled } from '../support/information/secrets.js';
import { expect, test } from '../support/test.js';
import type { World } from '../support/world.js';

test.use({ worldOptions: { collections: { ...ONE_OF_EACH, ...oneFact('card-number', 'brand') } } });

interface Game {
  readonly collection: string;
  readonly script: Script;
  readonly secrets: readonly Labelled[];
}

/** What a page tells apart that plays a script with each of the secrets. */
async function recovered(page: Page, world: World, { collection, script, secrets }: Game): Promise<Partition> {
  const row = await RowOfFrames.open(page, world, { collection, count: secrets.length });
  const seen: [string, string][] = [];
  for (const [at, { secret }] of secrets.entries()) seen.push([secret, await row.play(at, script, secret)]);
  return partition(seen);
}

/** What it may tell apart: the outcomes. */
const documented = (secrets: readonly Labelled[]): Partition =>
  partition(secrets.map(({ secret, outcome }) => [secret, outcome]));

const bits = (amount: number): string => amount.toFixed(2);

/** A row of the table in docs/security/information.md. */
const rowOf = (type: string, name: string, { secrets, found }: { secrets: number; found: Partition }): string =>
  `| ${type} | ${name} | ${String(secrets)} | ${bits(found.capacity)} | ${bits(found.information)} |`;

test.describe('a page that uses all that a frame offers learns the documented outcome and no more', () => {
  test.describe.configure({ timeout: 240_000 });

  for (const type of FIELD_TYPES) {
    test(`T01 A29 A30 A32 A52 of a ${type}`, async ({ page, world }) => {
      const report = await readFile('docs/security/information.md', 'utf8');
      const secrets = labelled(type);
      const count = Array.from(secrets[0]?.secret ?? '').length;
      for (const [name, script] of Object.entries(scripts(count))) {
        await test.step(name, async () => {
          const found = await recovered(page, world, { collection: type, script, secrets });
          expect.soft(found.groups, name).toEqual(documented(secrets).groups);
          expect.soft(report.replace(/ +/gu, ' ')).toContain(rowOf(type, name, { secrets: secrets.length, found }));
        });
      }
    });
  }
});

test.describe('the adversary notices', () => {
  const numbers = labelled('card-number');

  test('T01 A32 a fact more than is documented', async ({ page, world }) => {
    const script = scripts(16)['asked at every key'] ?? [];
    const found = await recovered(page, world, { collection: 'card-number-brand', script, secrets: numbers });
    expect(found.capacity).toBeGreaterThan(documented(numbers).capacity + 1);
  });

  test('A52 a verdict on the beginning of a number, when the focus is kept for a second', async ({ page, world }) => {
    // Of these beginnings of thirteen digits the first passes the check.
    const secrets = ['4222222222222222', '4222222222223222'].map((secret) => ({ secret, outcome: 'number-check' }));
    const found = await recovered(page, world, { collection: 'card-number', script: patientThief(16), secrets });
    expect(found.capacity).toBe(1);
  });
});
