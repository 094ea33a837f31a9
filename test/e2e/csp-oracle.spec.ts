import { expect, test } from '@playwright/test';
import fc from 'fast-check';
import { effective, policiesOf, verdict } from '../../packages/csp/src/index.js';
import { embed, nest } from '../support/csp/ancestors.js';
import { differences, Oracle, type Judging, type Observed, type Visit } from '../support/csp/oracle.js';
import { delivery } from '../support/csp/policies.js';
import { trial } from '../support/csp/trials.js';

/** Pairs that differ are made again from the same seed; a soak sets more pairs. */
const SEED = Number(process.env['CSP_SEED'] ?? 1);
const PAIRS = Number(process.env['CSP_PAIRS'] ?? 3000);
const NESTS = Math.ceil(PAIRS / 10);
/** How much one document tries. */
const TRIALS = 25;
/** Documents that are open at a time. */
const AT_ONCE = 4;
/** How many of the differences a failure shows. */
const SHOWN = 5;

const ours: Judging = (given, load, origin) => verdict(policiesOf(given), load, origin);

/**
 * Pairs that are left out. Chromium also lets a hint through wherever `'strict-dynamic'` would let a worker through, to any host; our verdict
 * refuses it, which is what CSP3 §6.8.4 says. And where several policies refuse a hint, Chromium tells the first alone.
 */
function isLeftOut({ visit: { delivery: given, origin }, trial: { loads } }: Observed): boolean {
  const hint = loads.find((load) => load.type === 'fetch' && load.destination === 'prefetch');
  if (hint === undefined) return false;
  const policies = policiesOf(given);
  const dynamic = policies.some(({ policy }) =>
    effective(policy, 'worker-src')?.sources.some(
      (source) => source.kind === 'keyword' && source.keyword === 'strict-dynamic',
    ),
  );
  return dynamic || verdict(policies, hint, origin).violations.length > 1;
}

/** Semantics that are wrong in one thing each: the comparison must tell them from ours. */
const WRONG: readonly (readonly [title: string, judging: Judging])[] = [
  [
    'no directive falls back to another',
    (given, load, origin) => {
      const violations = ours(given, load, origin).violations.filter(
        ({ effectiveDirective, because }) => effectiveDirective === because,
      );
      return { violations, allowed: violations.every(({ disposition }) => disposition === 'report') };
    },
  ],
  ['only the first policy counts', (given, load, origin) => verdict(policiesOf(given).slice(0, 1), load, origin)],
  [
    'policies that report keep out',
    (given, load, origin) => {
      const { violations } = ours(given, load, origin);
      return { violations, allowed: violations.length === 0 };
    },
  ],
  [
    'a redirect is not looked at',
    (given, load, origin) => ours(given, load.type === 'fetch' ? { ...load, redirects: [] } : load, origin),
  ],
  [
    'nobody knows a nonce',
    (given, load, origin) => ours(given, 'nonce' in load ? { ...load, nonce: '' } : load, origin),
  ],
];

const visit: fc.Arbitrary<Visit> = fc.record({
  origin: fc.constantFrom(
    'http://shop.test',
    'http://shop.test',
    'https://shop.test',
    'http://shop.test:8080',
    'http://a.test',
  ),
  delivery,
  trials: fc.array(trial, { minLength: TRIALS, maxLength: TRIALS }),
});

async function observe(oracle: Oracle, visits: readonly Visit[]): Promise<readonly Observed[]> {
  const left = visits.values();
  const all = await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      const page = await oracle.page();
      const observed: Observed[] = [];
      for (const each of left) observed.push(...(await oracle.visit(page, each, ours)));
      return observed;
    }),
  );
  return all.flat();
}

test.describe('a verdict on generated policies', () => {
  let oracle: Oracle;
  test.beforeAll(async () => {
    oracle = await Oracle.open();
  });
  test.afterAll(() => oracle.close());

  test(`is what Chromium does with ${PAIRS} loads, and a wrong one is not`, async () => {
    test.setTimeout(60_000 + PAIRS * 50);
    // One in twenty more, for those that are left out.
    const visits = fc.sample(visit, { numRuns: Math.ceil((PAIRS * 1.05) / TRIALS), seed: SEED });
    const observed = (await observe(oracle, visits)).filter((each) => !isLeftOut(each));
    expect(observed.length).toBeGreaterThanOrEqual(PAIRS);
    expect(differences(observed, ours).slice(0, SHOWN), `pairs of CSP_SEED=${SEED}`).toEqual([]);
    for (const [title, wrong] of WRONG) expect(differences(observed, wrong).length, title).toBeGreaterThan(0);
  });

  test(`is what Chromium does with ${NESTS} documents in frames, and a wrong one is not`, async () => {
    test.setTimeout(60_000 + NESTS * 200);
    const page = await oracle.page();
    const nests = fc.sample(nest, { numRuns: NESTS, seed: SEED });
    const observed: Observed[] = [];
    for (let at = 0; at < nests.length; at += TRIALS) {
      const some = nests.slice(at, at + TRIALS);
      observed.push(...(await embed(oracle, page, { nests: some, run: `${at}`, judging: ours })));
    }
    expect(observed.length).toBe(NESTS);
    expect(differences(observed, ours).slice(0, SHOWN), `nests of CSP_SEED=${SEED}`).toEqual([]);
    const nearest: Judging = (given, load, origin) =>
      ours(given, load.type === 'embedding' ? { ...load, ancestors: load.ancestors.slice(0, 1) } : load, origin);
    expect(differences(observed, nearest).length, 'only the nearest ancestor counts').toBeGreaterThan(0);
  });
});
