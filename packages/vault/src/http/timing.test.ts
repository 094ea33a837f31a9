import { randomBytes, randomUUID } from 'node:crypto';
import { VAULT_ROUTES, type Grant } from '@cloister/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeProof, testKey } from '../test-support/proof.js';
import { ELEMENTS, HOST, VAULT, openTestVault, type TestVault } from '../test-support/test-vault.js';

/*
 * Whether the time of an answer tells two cases apart, after dudect (Reparaz, Balasch, Verbauwhede 2017): the cases take
 * turns in random order, the slowest measurements (other processes, the garbage collector) are cropped, and Welch's t is
 * taken. |t| < 4.5 is the usual bound for "no leak was found".
 */
const SAMPLES = 200;
/** Three rounds on a machine that does other things too. */
const PATIENCE = 60_000;
const BOUND = 4.5;
const CROPPED = 0.7;

type Case = () => Promise<unknown>;

/** Microseconds of processor time: what others do with the machine does not count. */
async function measured(work: Case): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

interface Moments {
  readonly count: number;
  readonly mean: number;
  readonly variance: number;
}

function momentsOf(times: readonly number[]): Moments {
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  const variance = times.reduce((sum, time) => sum + (time - mean) ** 2, 0) / (times.length - 1);
  return { count: times.length, mean, variance };
}

function welch(a: Moments, b: Moments): number {
  return (a.mean - b.mean) / Math.sqrt(a.variance / a.count + b.variance / b.count);
}

/** Welch's t of two cases. One threshold crops both, or cropping itself would hide a difference. */
async function compare(one: Case, other: Case): Promise<number> {
  const times: readonly [number[], number[]] = [[], []];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const first = (randomBytes(1)[0] ?? 0) % 2;
    for (const which of [first, 1 - first] as const) times[which]?.push(await measured(which === 0 ? one : other));
  }
  const warm = times.map((all) => all.slice(SAMPLES / 10));
  const sorted = warm.flat().toSorted((a, b) => a - b);
  const limit = sorted[Math.floor(sorted.length * CROPPED)] ?? Infinity;
  const [a, b] = warm.map((all) => momentsOf(all.filter((time) => time <= limit)));
  return a === undefined || b === undefined ? Infinity : Math.abs(welch(a, b));
}

/** The least of three: noise comes and goes, a leak stays. */
async function leastOfThree(one: Case, other: Case): Promise<number> {
  let least = Infinity;
  for (let round = 0; round < 3 && least >= BOUND; round += 1) least = Math.min(least, await compare(one, other));
  return least;
}

const key = testKey();
const WIDE = { perAddress: 1e9, perThumbprint: 1e9, perAccount: 1e9, tokensPerAccount: 1e9, refusalRows: 0 };
let vault: TestVault;
let tokens: readonly string[];
const stored: string[] = [];
beforeAll(async () => {
  vault = await openTestVault({ limits: WIDE });
  tokens = Object.values((await vault.store()).tokens);
  for (let filler = 0; filler < 20; filler += 1) stored.push(...Object.values((await vault.store()).tokens));
});
afterAll(() => vault.vault.close());

/** A reveal of tokens by a session that lists some; a session is taken for as many uses as one has. */
async function revealing(listed: readonly string[]): Promise<(wanted: readonly string[]) => Promise<unknown>> {
  const grant: Grant = { purpose: 'reveal', tokens: listed, origin: HOST, uses: 100 };
  let session = await vault.session(key, grant);
  let uses = 0;
  return async (wanted) => {
    uses += 1;
    if (uses % 100 === 0) session = await vault.session(key, grant);
    return vault.withSession({ path: VAULT_ROUTES.reveal, session, key, body: { origin: HOST, tokens: wanted } });
  };
}

const knock = (authorization: string, path: string): Promise<unknown> => {
  const dpop = makeProof({ key, token: 'cls_x', url: `${VAULT}${path}`, now: vault.now });
  const headers = path === VAULT_ROUTES.sessions ? { authorization } : { authorization, dpop, origin: ELEMENTS };
  return vault.call({ path, headers, body: {} });
};

describe('time of an answer', () => {
  it(
    'A83 the measurement notices when one case does more work',
    async () => {
      const real = stored.slice(0, 40);
      const none = real.map(() => randomUUID());
      // A session that lists them is shown its own values; opening those takes time, and may.
      const show = await revealing([...real, ...none]);
      expect(
        await compare(
          () => show(real),
          () => show(none),
        ),
      ).toBeGreaterThan(BOUND);
    },
    PATIENCE,
  );

  it(
    'A83 does not tell a token that exists from one that does not, unless the grant lists it',
    async () => {
      const show = await revealing([randomUUID()]);
      const none = tokens.map(() => randomUUID());
      expect(
        await leastOfThree(
          () => show(tokens),
          () => show(none),
        ),
      ).toBeLessThan(BOUND);
    },
    PATIENCE,
  );

  it(
    'A83 does not tell a session token that begins like a real one',
    async () => {
      const real = await vault.session(key, { purpose: 'collect', collection: 'cards', origin: HOST });
      const near = `${real.slice(0, -1)}${real.endsWith('A') ? 'B' : 'A'}`;
      const far = `cls_${randomBytes(32).toString('base64url')}`;
      expect(
        await leastOfThree(
          () => knock(`DPoP ${near}`, VAULT_ROUTES.records),
          () => knock(`DPoP ${far}`, VAULT_ROUTES.records),
        ),
      ).toBeLessThan(BOUND);
    },
    PATIENCE,
  );
});
