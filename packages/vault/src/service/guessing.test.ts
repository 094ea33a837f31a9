import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { VAULT_ROUTES, decode, parseConfig, recordResponse, type Grant } from '@cloister/protocol';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DEFAULT_LIMITS } from '../options.js';
import { testKey } from '../test-support/proof.js';
import { CARD, HOST, openTestVault, type Answer, type TestVault } from '../test-support/test-vault.js';

const key = testKey();
const collect = { purpose: 'collect', collection: 'cards', origin: HOST, uses: 100 } as const satisfies Grant;
const UUID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/gu;

async function opened(...options: Parameters<typeof openTestVault>): Promise<TestVault> {
  const vault = await openTestVault(...options);
  onTestFinished(() => vault.vault.close());
  return vault;
}

const tokensOf = (answer: Answer): Readonly<Record<string, string>> => {
  const decoded = decode(recordResponse, answer.json);
  if (!decoded.ok) throw new Error(`no record: ${answer.text}`);
  return decoded.value.tokens;
};

/** χ² of counted symbols against all being equally likely. */
const chiSquare = (counts: readonly number[]): number => {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
};

/** Counts of hexadecimal digits at the positions of a UUID that are random. */
function digitCounts(tokens: readonly string[]): readonly number[] {
  const counts = Array.from({ length: 16 }, () => 0);
  for (const token of tokens)
    Array.from(token.replaceAll('-', '')).forEach((digit, at) => {
      const value = parseInt(digit, 16);
      // Version and variant stand at 12 and 16.
      if (at !== 12 && at !== 16) counts[value] = (counts[value] ?? 0) + 1;
    });
  return counts;
}

/** 15 degrees of freedom: a fair source is above this once in ten million runs. */
const BOUND = 58;

function expectRandom(tokens: readonly string[]): void {
  for (const token of tokens)
    expect(token).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/u);
  expect(new Set(tokens).size).toBe(tokens.length);
  expect(chiSquare(digitCounts(tokens))).toBeLessThan(BOUND);
  // No common beginning in time, as of version 7: first halves do not repeat, and do not rise.
  expect(new Set(tokens.map((token) => token.slice(0, 18))).size).toBe(tokens.length);
  const rising = tokens.filter((token, at) => at > 0 && token > (tokens[at - 1] ?? '')).length / tokens.length;
  expect(rising).toBeGreaterThan(0.4);
  expect(rising).toBeLessThan(0.6);
}

/** Tries one security code after the other with one card, as fast as the vault takes them. */
async function guess(vault: TestVault, count: number): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  let session = '';
  for (let next = 0; next < count; next += 1) {
    if (next % 100 === 0) session = await vault.session(key, collect);
    answers.push(await vault.record({ session, key, values: { ...CARD, cvc: String(next).padStart(3, '0') } }));
  }
  return answers;
}

describe('guessing', () => {
  it('A82 A102 of the 1,000 security codes a coordinator tries 60 a minute, and there is an alarm', async () => {
    const vault = await opened();
    const answers = await guess(vault, 120);
    const stored = answers.filter(({ status }) => status === 201);
    expect(stored.length).toBe(DEFAULT_LIMITS.perThumbprint);
    expect(answers.slice(stored.length).every(({ status }) => status === 429)).toBe(true);
    expect((await vault.audited()).filter((row) => row === 'record.create rate')).toHaveLength(1);
  });

  it('A82 A100 A102 without that budget the stored code still looks like all others, and tokens are 122 random bits', async () => {
    const vault = await opened({ limits: { perThumbprint: 100_000 } });
    const right = { ...CARD, cvc: '123' };
    const first = await vault.record({ session: await vault.session(key, collect), key, values: right });
    const answers = [first, ...(await guess(vault, 300))];
    const shapes = new Set(
      answers.map(({ status, headers, text }) => JSON.stringify([status, headers, text]).replaceAll(UUID, 'id')),
    );
    expect(shapes.size).toBe(1);
    const tokens = answers.flatMap((answer) => Object.values(tokensOf(answer)));
    expect(tokens.length).toBe(4 * 301);
    expectRandom(tokens);
  });

  it('A82 A100 a thief with the database finds nothing that two records of one card have in common', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cloister-equal-'));
    const vault = await openTestVault({ data: folder });
    onTestFinished(() => {
      rmSync(folder, { recursive: true, force: true });
    });
    await vault.store();
    await vault.store();
    await vault.vault.close();
    const database = new DatabaseSync(join(folder, 'vault.db'));
    const blobs = (sql: string): readonly string[] =>
      database
        .prepare(sql)
        .all()
        .flatMap((row) => Object.values(row))
        .map((value) => Buffer.from(value instanceof Uint8Array ? value : String(value)).toString('hex'));
    const all = [
      ...blobs('SELECT token, envelope FROM token'),
      ...blobs('SELECT DISTINCT record_id FROM token'),
      ...blobs('SELECT wrapped FROM record_key'),
      ...blobs('SELECT scope, body_mac, response FROM idempotency'),
    ];
    // The control: names and ends are common, and would be found.
    expect(new Set(blobs('SELECT field FROM token')).size).toBe(4);
    database.close();
    expect(all.length).toBe(2 * (4 * 2 + 1 + 2 + 3));
    expect(new Set(all).size).toBe(all.length);
    // Nor do two of them share a tag, or the eight bytes that they end with.
    const pieces = all.flatMap((hex) => [hex.slice(-32), hex.slice(-16)]);
    expect(new Set(pieces).size).toBe(pieces.length);
  });

  it.each(['deterministic', 'format-preserving', 'hash', 'card'])(
    'A82 a security code cannot be configured to have %s tokens',
    (token) => {
      const { ok } = parseConfig({
        hosts: [HOST],
        elements: 'https://elements.shop.example',
        vault: 'https://vault.shop.example',
        collections: { cards: { cvc: { type: 'card-cvc', token } } },
      });
      expect(ok).toBe(false);
    },
  );

  it('A102 a wrong number is told from a right one by its check digit alone: nobody is asked about a card', async () => {
    const vault = await opened();
    const session = await vault.session(key, { ...collect, uses: 9 });
    const known = await vault.record({ session, key });
    const never = await vault.record({ session, key, values: { ...CARD, number: '4000000000000002' } });
    const wrong = await vault.record({ session, key, values: { ...CARD, number: '4000000000000003' } });
    expect([known.status, never.status, wrong.status]).toEqual([201, 201, 422]);
    // No outcome of an authorisation, no issuer, no country: what the contract allows, computed from the digits.
    const decoded = decode(recordResponse, never.json);
    expect(decoded.ok && decoded.value.facts).toEqual({ number: { brand: 'visa', last4: '0002' } });
  });
});

describe('tokens', () => {
  it('A100 the test would notice time-ordered ids and a weak source', () => {
    const timed = Array.from(
      { length: 2000 },
      (_, at) => `0192f0c0-${at.toString(16).padStart(4, '0')}-7000-8000-000000000000`,
    );
    expect(chiSquare(digitCounts(timed))).toBeGreaterThan(BOUND);
    const halved = Array.from({ length: 1200 }, () => crypto.randomUUID().replaceAll('f', 'e'));
    expect(chiSquare(digitCounts(halved))).toBeGreaterThan(BOUND);
  });

  it('A100 A102 asking for tokens that were never given finds none, and costs the budget', async () => {
    const vault = await opened({ limits: { tokensPerAccount: 250, perThumbprint: 1000 } });
    await vault.store();
    const guesses = (): string[] => Array.from({ length: 100 }, () => crypto.randomUUID());
    const answers: Answer[] = [];
    for (let round = 0; round < 4; round += 1) {
      const tokens = guesses();
      const session = await vault.session(key, { purpose: 'reveal', tokens, origin: HOST, redaction: 'plain' });
      const body = { origin: HOST, tokens };
      answers.push(await vault.withSession({ path: VAULT_ROUTES.reveal, session, key, body }));
    }
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429, 429]);
    expect(answers.slice(0, 2).every(({ text }) => !text.includes('"value"'))).toBe(true);
  });
});
