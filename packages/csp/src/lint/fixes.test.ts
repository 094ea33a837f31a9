import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Load } from '../semantics/load.js';
import { policiesOf, verdict } from '../semantics/policy-set.js';
import { SEVERITIES, type Finding, type LintInput, type Severity } from './finding.js';
import { applyFixes, exitCodeOf, fixPage, lint } from './lint.js';

const RUNS = 100;
const SHOP = 'https://shop.example';
const FRAME = 'https://elements.shop.example';
const findingsOf = (text: string): readonly Finding[] => lint({ enforced: [text], origin: SHOP });
const heavy = (findings: readonly Finding[], severity: Severity): number =>
  findings.filter((each) => SEVERITIES.indexOf(each.severity) <= SEVERITIES.indexOf(severity)).length;
/** At no weight from this one up there are more. */
function noHeavier(before: readonly Finding[], after: readonly Finding[], severity: Severity): void {
  for (const weight of SEVERITIES.slice(0, SEVERITIES.indexOf(severity) + 1))
    expect(heavy(after, weight), weight).toBeLessThanOrEqual(heavy(before, weight));
}
const keyOf = ({ rule, directive = '', word = '' }: Finding): string => `${rule} ${directive} ${word}`;

const names = [
  'default-src',
  'script-src',
  'img-src',
  'frame-src',
  'object-src',
  'base-uri',
  'form-action',
  'report-uri',
];
const wrong = ['iframe-src', 'script-scr', 'image-src', 'objct-src', 'img_src', 'default', 'base-uri:', 'plugin-types'];
const name = fc.constantFrom(...names, ...wrong, 'block-all-mixed-content', 'webrtc', 'require-trusted-types-for');
const word = fc.constantFrom(
  "'self'",
  "'none'",
  'self',
  'none',
  "'slef'",
  '"self"',
  'unsafe-inline',
  "'unsafe-inline'",
  "'unsafe-inlin'",
  "'strict-dynamic'",
  "'nonce-T2pXk9vLq4rZ8sYwB1nEfg=='",
  '*',
  'https:',
  'data:',
  'http://a.example',
  'https://a.example',
  'a.example',
  'https://*.cloudfront.net',
  "'https://b.example'",
  '10.0.0.1',
  'img-src',
  'frame-src',
  'script',
);
const directive = fc.tuple(name, fc.array(word, { maxLength: 5 })).map(([first, rest]) => [first, ...rest].join(' '));
const policy = fc.array(directive, { maxLength: 7 }).map((all) => all.join('; '));

/** Where a policy may stand, and what is asked of it. */
const context = fc.record({
  of: fc.constantFrom('enforced', 'reported', 'meta'),
  origin: fc.constantFrom(SHOP, 'http://localhost:3000', 'http://shop.example'),
  needs: fc.constantFrom(
    {},
    { frames: [FRAME] },
    { frames: [FRAME], connects: ['https://api.example/v1'], forms: [SHOP] },
  ),
  beside: fc.constantFrom([], ["default-src 'self'"], [`frame-src ${FRAME}; img-src 'slef'`]),
});
type Context = typeof context extends fc.Arbitrary<infer Value> ? Value : never;

/** The policy is the first of its kind; what is beside it is enforced. */
function inputOf(text: string, { of, origin, needs, beside }: Context): LintInput {
  const texts = { enforced: beside, [of]: [text, ...(of === 'enforced' ? beside : [])] };
  return { ...texts, origin, needs };
}

const isOf =
  ({ of }: Context) =>
  ({ place }: Finding): boolean =>
    place?.of === of && place.value === 0;

describe('an edit', () => {
  it('takes its finding away, and brings none that weighs as much', () => {
    fc.assert(
      fc.property(policy, context, (text, where) => {
        const before = lint(inputOf(text, where));
        for (const finding of before.filter(isOf(where))) {
          if (finding.edit === undefined) continue;
          const fixed = applyFixes(text, [finding]);
          expect(finding.edit.text).toBe(fixed);
          const after = lint(inputOf(fixed, where));
          expect(after.filter(isOf(where)).map(keyOf)).not.toContain(keyOf(finding));
          noHeavier(before, after, finding.severity);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('and all others of a policy leave no more of the weight that they mend', () => {
    fc.assert(
      fc.property(policy, context, (text, where) => {
        const before = lint(inputOf(text, where));
        const own = before.filter(isOf(where));
        const [worst] = own.filter(({ edit }) => edit !== undefined);
        const after = lint(inputOf(applyFixes(text, own), where));
        if (worst !== undefined) noHeavier(before, after, worst.severity);
      }),
      { numRuns: RUNS },
    );
  });

  it('made again changes nothing', () => {
    fc.assert(
      fc.property(policy, context, (text, where) => {
        const findings = lint(inputOf(text, where)).filter(isOf(where));
        const once = applyFixes(text, findings);
        expect(applyFixes(once, findings)).toBe(once);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('fixes', () => {
  const fixed = (text: string): string => applyFixes(text, findingsOf(text));

  it.each([
    ["default-src 'none'; iframe-src https://js.stripe.com", /frame-src https:\/\/js\.stripe\.com/u],
    ["default-src 'self' script-src 'self'", /^default-src 'self'; script-src 'self'/u],
    ["img-src 'none' https://a.example", /^img-src https:\/\/a\.example/u],
    ['img-src http://a.example:80/x', /^img-src https:\/\/a\.example\/x/u],
    ["default-src 'none'", /base-uri 'self'/u],
    ["default-src 'none'; img-src self;", /img-src 'self'/u],
    ["  IMG-SRC\t'slef' ; font-src  A.example", /^ {2}IMG-SRC\t'self' ; font-src {2}https:\/\/a\.example/u],
  ])('mend %j', (text, expected) => {
    expect(fixed(text)).toMatch(expected);
  });

  it('wake nothing that is worse: a person must see it first', () => {
    const [finding] = findingsOf("default-src 'self'; script-scr 'unsafe-inline' *").filter(
      ({ rule }) => rule === 'directive-typo',
    );
    expect(finding).toMatchObject({ edit: undefined });
  });

  it('of a page go to the policy that each is about', () => {
    const needs = { frames: ['https://elements.shop.example/mount'] };
    const input = {
      enforced: ["default-src 'self', frame-src https://elements.shop.example"],
      meta: ["frame-src 'self'"],
      origin: SHOP,
      needs,
    };
    const needed = lint(input).filter(({ rule }) => rule === 'policies-intersect');
    expect(needed.map(({ policy: index, place }) => [index, place?.of, place?.start])).toEqual([
      [0, 'enforced', 0],
      [2, 'meta', 0],
    ]);
    const { enforced, meta } = fixPage(input, needed);
    expect(enforced).toEqual([
      "default-src 'self'; frame-src 'self' https://elements.shop.example, frame-src https://elements.shop.example",
    ]);
    expect(meta).toEqual(["frame-src 'self' https://elements.shop.example"]);
  });
});

/** Rules whose change lets in what was meant, or is needed. */
const MEANT: ReadonlySet<string> = new Set([
  'directive-typo',
  'directive-colon',
  'missing-semicolon',
  'unquoted-keyword',
  'source-typo',
]);
const places = ['http://a.example', 'http://a.example:8080', 'https://a.example:8080', 'https://b.example', SHOP];
const loads: readonly Load[] = [
  ...places.flatMap((place): readonly Load[] => [
    ...(['script', 'image', 'frame', 'object', 'connect'] as const).map((destination): Load => ({
      type: 'fetch',
      destination,
      url: `${place}/x`,
    })),
    { type: 'form', url: place },
    { type: 'base', url: place },
  ]),
  { type: 'eval' },
  { type: 'inline', what: 'script', hashes: [] },
];
const allowedBy = (text: string): readonly boolean[] =>
  loads.map((load) => verdict(policiesOf({ enforced: [text] }), load, SHOP).allowed);

describe('no edit', () => {
  it('but one that mends a word, or lets in what is needed, allows more than before', () => {
    fc.assert(
      fc.property(policy, fc.constantFrom('', ':80', ':8080'), (text, port) => {
        const given = text.replaceAll('http://a.example', `http://a.example${port}`);
        const before = allowedBy(given);
        for (const { rule, edit } of findingsOf(given)) {
          if (edit === undefined || MEANT.has(rule)) continue;
          expect(
            allowedBy(edit.text).filter((allowed, at) => allowed && before[at] !== true),
            rule,
          ).toEqual([]);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it.each(['script-src self unsafe-eval', "script-src 'unsafe-evil'", "style-src 'self' unsafe-inline"])(
    'makes something unsafe of %s',
    (text) => {
      expect(applyFixes(text, findingsOf(text))).not.toMatch(/'unsafe-(?:eval|inline)'/u);
    },
  );

  it('is made beside the directive that answers', () => {
    const input = {
      enforced: ["script-src 'self'; script-src-elem 'self'"],
      origin: SHOP,
      needs: { scripts: ['https://cdn.example/x.js'] },
    };
    const [fixed] = fixPage(input, lint(input)).enforced ?? [];
    expect(fixed).toContain("script-src 'self'; script-src-elem 'self' https://cdn.example");
  });
});

describe('what is found', () => {
  it('stands where it says, also behind a comma', () => {
    const header = "img-src 'self', frame-src 'slef'";
    const [finding] = lint({ enforced: ['', header], origin: SHOP }).filter(({ rule }) => rule === 'source-typo');
    expect(finding?.place).toMatchObject({ of: 'enforced', value: 1 });
    expect(header.slice(finding?.place?.start, finding?.place?.end)).toBe("'slef'");
    expect(finding?.policy).toBe(1);
  });

  it('says which directive answered and what to add', () => {
    const input = {
      enforced: ["default-src 'self'"],
      origin: SHOP,
      needs: { frames: ['https://elements.shop.example'] },
    };
    const [finding] = lint(input);
    expect(finding).toMatchObject({ rule: 'missing-frame-src', severity: 'high', directive: 'frame-src' });
    expect(finding?.message).toContain("default-src 'self' applies");
    expect(finding?.message).toContain('add frame-src https://elements.shop.example');
    expect(finding?.edit?.text).toBe("default-src 'self'; frame-src 'self' https://elements.shop.example");
  });

  it('fails a build from a threshold on', () => {
    const notes = findingsOf("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    expect(new Set(notes.map(({ severity }) => severity))).toEqual(new Set(['note']));
    expect(SEVERITIES.map((threshold) => exitCodeOf(notes, threshold))).toEqual([0, 0, 0, 1]);
    expect(SEVERITIES.map((threshold) => exitCodeOf(findingsOf('script-src *'), threshold))).toEqual([1, 1, 1, 1]);
    expect(exitCodeOf([], 'note')).toBe(0);
  });

  it('is bounded, however long a hostile header is', () => {
    const hostile = ["'x' ", 'img-src ', 'a;', 'a,', 'http://a ', "'nonce-a' ", 'iframe-src;', '*.com '];
    for (const piece of hostile) {
      const findings = findingsOf(`script-src ${piece.repeat(32_768 / piece.length)}`);
      expect(findings.length).toBeLessThan(2000);
    }
  });

  it('is nothing that cannot be: any text has findings', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(() => lint({ enforced: [text], reported: [text], meta: [text], origin: SHOP })).not.toThrow();
      }),
    );
  });
});
