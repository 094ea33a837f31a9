import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { keys, patientThief, scripts, type Script } from '../support/information/adversary.js';
import { ONE_OF_EACH, oneFact } from '../support/information/collections.js';
import { beyond, partition, type Partition } from '../support/information/partition.js';
import { RowOfFrames } from '../support/information/row-of-frames.js';
import { FIELD_TYPES, keysOf, labelled, type Labelled } from '../support/information/secrets.js';
import { expect, test } from '../support/test.js';
import type { World } from '../support/world.js';

test.use({ worldOptions: { collections: { ...ONE_OF_EACH, ...oneFact('card-number', 'brand') } } });

/** What a page tells apart that plays a script with each of the secrets, and what it may tell apart: the outcomes. */
interface Found {
  readonly recovered: Partition;
  readonly documented: Partition;
  /** Bits that no outcome says. */
  readonly beyond: number;
}

async function play(row: RowOfFrames, script: Script, secrets: readonly Labelled[]): Promise<Found> {
  const seen: [string, string][] = [];
  for (const [at, { secret }] of secrets.entries()) seen.push([secret, await row.play(at, script, secret)]);
  const outcomes = secrets.map(({ secret, outcome }) => [secret, outcome] as const);
  return { recovered: partition(seen), documented: partition(outcomes), beyond: beyond(seen, new Map(outcomes)) };
}

const openRow = (page: Page, world: World, collection: string, secrets: readonly Labelled[]): Promise<RowOfFrames> =>
  RowOfFrames.open(page, world, { collection, count: secrets.length });

/** A row of the table in docs/security/information.md. */
function rowOf(type: string, name: string, { recovered, documented, beyond }: Found): string {
  const count = recovered.groups.flat().length;
  const bits = [documented, recovered].flatMap(({ capacity, information }) => [capacity, information]);
  return `| ${[type, name, count, ...[...bits, beyond].map((amount) => amount.toFixed(2))].join(' | ')} |`;
}

test.describe('a page that uses all that a frame offers learns the documented outcome and no more', () => {
  test.describe.configure({ timeout: 240_000 });

  for (const type of FIELD_TYPES) {
    test(`T01 A29 A30 A32 A52 of a ${type}`, async ({ page, world }) => {
      const report = await readFile('docs/security/information.md', 'utf8');
      const secrets = labelled(type);
      const row = await openRow(page, world, type, secrets);
      for (const [name, script] of Object.entries(scripts(keysOf(type)))) {
        await test.step(name, async () => {
          const found = await play(row, script, secrets);
          const line = rowOf(type, name, found);
          test.info().annotations.push({ type: 'bits', description: line });
          expect.soft(found.recovered.groups, name).toEqual(found.documented.groups);
          expect.soft(found.beyond, name).toBeCloseTo(0);
          expect.soft(report.replace(/ +/gu, ' ')).toContain(line);
        });
      }
    });
  }
});

test.describe('the adversary notices', () => {
  test('T01 A32 a fact more than is documented', async ({ page, world }) => {
    const numbers = labelled('card-number');
    const row = await openRow(page, world, 'card-number-brand', numbers);
    const { recovered, documented, beyond } = await play(row, keys(16, []), numbers);
    expect(recovered.capacity).toBeGreaterThan(documented.capacity + 1);
    expect(beyond).toBeGreaterThan(1);
  });

  test('A52 a verdict on the beginning of a number, when the focus is kept for a second', async ({ page, world }) => {
    // Of these beginnings of thirteen digits the first passes the check.
    const secrets = ['4222222222222222', '4222222222223222'].map((secret) => ({ secret, outcome: 'number-check' }));
    const row = await openRow(page, world, 'card-number', secrets);
    const { recovered, beyond } = await play(row, patientThief(16), secrets);
    expect(recovered.capacity).toBe(1);
    expect(beyond).toBe(1);
  });
});
