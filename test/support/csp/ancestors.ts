import fc from 'fast-check';
import type { Page } from '@playwright/test';
import type { Delivery, Load } from '../../../packages/csp/src/index.js';
import { expected, named, once, type Judging, type Oracle, type Observed } from './oracle.js';
import type { Trial } from './trials.js';

const ORIGINS = [
  'http://shop.test',
  'https://shop.test',
  'http://a.test',
  'http://a.test:8080',
  'https://b.a.test',
  'https://a.test:8443',
] as const;

/** A document in frames: where the documents between the page and it come from, the outermost first. */
export interface Nest {
  readonly between: readonly (typeof ORIGINS)[number][];
  readonly origin: (typeof ORIGINS)[number];
  /** The document from which on everything is sandboxed, and so of no origin; the page itself never is. */
  readonly opaqueFrom: number;
  readonly policies: readonly (readonly [sources: string, disposition: 'enforce' | 'report'])[];
}

const word = fc.constantFrom(
  "'self'",
  "'self'",
  "'none'",
  '*',
  'http:',
  'https:',
  'shop.test',
  'http://shop.test',
  'https://shop.test',
  'http://shop.test/path',
  'a.test',
  'a.test:*',
  '*.a.test',
  '*.test',
  'http://*.test:*',
  'http://a.test:8080',
  "'unsafe-inline'",
  'data:',
);

/** Within a document by TLS nothing comes in clear, whatever a policy says (mixed content). */
const isLoaded = ({ between, origin }: Nest): boolean => {
  const chain = [...between, origin].map((each) => each.startsWith('https:'));
  return !chain.slice(chain.indexOf(true)).includes(false) || !chain.includes(true);
};

const anyNest: fc.Arbitrary<Nest> = fc.record({
  between: fc.array(fc.constantFrom(...ORIGINS), { maxLength: 2 }),
  origin: fc.constantFrom(...ORIGINS),
  opaqueFrom: fc.constantFrom(9, 9, 9, 1, 2),
  policies: fc.array(
    fc.tuple(
      fc.array(word, { maxLength: 3 }).map((words) => words.join(' ')),
      fc.constantFrom<'enforce' | 'report'>('enforce', 'enforce', 'report'),
    ),
    { minLength: 1, maxLength: 2 },
  ),
});

export const nest = anyNest.filter(isLoaded);

/** The page that all nests of a visit stand in. */
const TOP = 'http://shop.test';
/** What the document in the frames tells the page. */
const saying = (index: number): string => `<!doctype html><script>top.postMessage(${String(index)}, '*')</script>`;

function deliveryOf({ policies, origin }: Nest, mark: string): Delivery {
  const scheme = origin.startsWith('https:') ? 'https' : 'http';
  const text = (wanted: string): readonly string[] =>
    policies
      .filter(([, disposition]) => disposition === wanted)
      .map(([sources]) => `frame-ancestors ${sources}; report-uri ${scheme}://c.test/report?${mark}`);
  return { enforced: text('enforce'), reported: text('report') };
}

/** The nearest first; what stands in a sandbox has no origin. */
const ancestorsOf = ({ between, opaqueFrom }: Nest): readonly (string | null)[] =>
  [TOP, ...between].map((origin, depth) => (depth >= opaqueFrom ? null : origin)).reverse();

const asTrial = (given: Nest): Trial => {
  const load: Load = { type: 'embedding', ancestors: ancestorsOf(given) };
  return { loads: [load], action: { by: 'markup' }, proof: 'came', title: JSON.stringify(given) };
};

/** Registers a nest's documents; answers the frame that the page has for it. */
function serve(oracle: Oracle, given: Nest, at: { readonly run: string; readonly index: number }): string {
  const path = (depth: number): string => `/nest/${at.run}/${String(at.index)}/${String(depth)}`;
  const origins = [...given.between, given.origin];
  const frame = (depth: number): string => {
    const sandbox = given.opaqueFrom <= depth ? ' sandbox="allow-scripts"' : '';
    return `<iframe${sandbox} src="${origins[depth - 1] ?? ''}${path(depth)}"></iframe>`;
  };
  origins.forEach((_, index) => {
    const depth = index + 1;
    if (depth < origins.length)
      oracle.server.page(path(depth), { headers: {}, body: `<!doctype html>${frame(depth + 1)}` });
    else {
      const { enforced = [], reported = [] } = deliveryOf(given, `${at.run}-${String(at.index)}`);
      oracle.server.page(path(depth), {
        headers: { 'Content-Security-Policy': enforced, 'Content-Security-Policy-Report-Only': reported },
        body: saying(at.index),
      });
    }
  });
  return frame(1);
}

interface ReportBody {
  readonly 'csp-report': {
    readonly disposition: string;
    readonly 'effective-directive': string;
    readonly 'original-policy': string;
  };
}

/** Opens a page with all of these nests, and looks at which documents came up and which reports were sent. */
export async function embed(
  oracle: Oracle,
  page: Page,
  { nests, run, judging }: { readonly nests: readonly Nest[]; readonly run: string; readonly judging: Judging },
): Promise<readonly Observed[]> {
  const frames = nests.map((each, index) => serve(oracle, each, { run, index }));
  oracle.server.page(`/nest/${run}`, { headers: {}, body: `<!doctype html>${frames.join('')}` });
  await page.goto(`${TOP}/nest/${run}`);
  for (let patience = 20; ; patience -= 1) {
    const said = await page.evaluate(() => [...window.oracle.came]);
    const observed = nests.map((each, index): Observed => {
      const violations = oracle.server.reports
        .filter(({ query }) => query === `${run}-${String(index)}`)
        .map(({ body }) => (JSON.parse(body) as ReportBody)['csp-report'])
        .map((report) =>
          named({ ...report, effectiveDirective: report['effective-directive'], policy: report['original-policy'] }),
        );
      const visit = { origin: each.origin, delivery: deliveryOf(each, `${run}-${String(index)}`), trials: [] };
      return {
        visit,
        trial: asTrial(each),
        browsers: { allowed: said.includes(index), violations: once(violations) },
      };
    });
    const agreed = observed.every(
      ({ visit, trial, browsers }) => JSON.stringify(expected(judging, visit, trial)) === JSON.stringify(browsers),
    );
    if (agreed || patience === 0) return observed;
    await page.waitForTimeout(50);
  }
}
