import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIRECTIVE_OF, type Destination, type Load } from '../semantics/load.js';
import { policiesOf, verdict, type Delivered } from '../semantics/policy-set.js';
import { parsePolicy, printPolicy } from '../syntax/policy.js';
import { explain } from './explain.js';
import type { ViolationEventLike } from './violation-facts.js';
import { collecting, legacy, NOW, post, violation } from '../collector/test-support/reports.js';

const PAGE = 'https://shop.example';
const ELEMENTS = 'https://elements.example';

const word = fc.constantFrom(
  "'self'",
  "'none'",
  "'unsafe-inline'",
  "'strict-dynamic'",
  "'nonce-abc'",
  "'sha256-aa'",
  "'report-sample'",
  '*',
  'https:',
  'data:',
  'https://a.example',
  'https://a.example/folder/',
  'http://b.example:8080',
  '*.example.net',
  '!no-source',
);
const directive = fc
  .tuple(
    fc.constantFrom(
      'default-src',
      'frame-src',
      'child-src',
      'script-src',
      'script-src-elem',
      'style-src',
      'img-src',
      'connect-src',
      'worker-src',
      'FRAME-SRC',
      'upgrade-insecure-requests',
    ),
    fc.array(word, { maxLength: 4 }),
  )
  .map(([name, words]) => [name, ...words].join(' '));
const policy = fc.array(directive, { maxLength: 5 }).map((directives) => directives.join('; '));
const policies = fc
  .record({
    enforced: fc.array(policy, { minLength: 1, maxLength: 3 }),
    reported: fc.array(policy, { maxLength: 1 }),
    meta: fc.array(policy, { maxLength: 1 }),
  })
  .map(policiesOf);

const address = fc.oneof(
  fc.constantFrom(
    `${ELEMENTS}/collect.html`,
    `${PAGE}/a.js`,
    'https://js.stripe.com/v3',
    'https://a.example/folder/x;y,z',
    'http://b.example:8080/',
    'https://x.example.net/%zz;',
    'https://127.0.0.1:9/',
    'https://evil.example/%27unsafe-inline%27',
    "https://evil.example/'unsafe-inline'",
  ),
  fc.webUrl({ validSchemes: ['http', 'https', 'ws', 'wss'] }),
);
const KINDS = [
  'frame',
  'script',
  'image',
  'connect',
  'style',
  'worker',
  'font',
] as const satisfies readonly Destination[];
const load = fc
  .tuple(fc.constantFrom(...KINDS), address)
  .map(([destination, url]) => ({ type: 'fetch', destination, url }) as const);

const after = (before: readonly Delivered[], changed: readonly { readonly index: number; readonly policy: string }[]) =>
  before.map((delivered, index): Delivered => {
    const edit = changed.find((each) => each.index === index);
    return edit === undefined ? delivered : { ...delivered, policy: parsePolicy(edit.policy) };
  });

const WORDS = ['inline', 'eval', 'self', 'data', ''];

describe('a fix', () => {
  it('makes every policy allow what was refused, and takes nothing away that was allowed', () => {
    let fixed = 0;
    fc.assert(
      fc.property(policies, load, load, (before, refused, other) => {
        const { violations } = verdict(before, refused, PAGE);
        fc.pre(violations.length > 0);
        const { fix } = explain(
          {
            documentURI: `${PAGE}/checkout`,
            blockedURI: refused.url,
            effectiveDirective: DIRECTIVE_OF[refused.destination],
            originalPolicy: '',
          },
          { elements: ELEMENTS, policies: before },
        );
        const trusted = (each: Delivered): boolean => printPolicy(each.policy).includes('strict-dynamic');
        if (fix.kind === 'none') {
          // Only where no address is asked: by nonce alone.
          expect(['script', 'worker']).toContain(refused.destination);
          expect(before.some(trusted)).toBe(true);
          return;
        }
        fixed += 1;
        const mended = after(before, fix.edits);
        expect(verdict(mended, refused, PAGE)).toEqual({ allowed: true, violations: [] });
        expect(fix.line).not.toMatch(/[\n\r]/u);
        expect(fix.line.includes('policy ')).toBe(before.length > 1);
        expect(fix.edits.map(({ index }) => index)).toEqual(violations.map(({ index }) => index));
        for (const { added } of fix.edits) expect(added.join(' ')).not.toMatch(/^'unsafe|^\*|^https?:$|[\s;,]/u);
        const was = verdict(before, other, PAGE).violations.map(({ index }) => index);
        const is = verdict(mended, other, PAGE).violations.map(({ index }) => index);
        expect(was).toEqual(expect.arrayContaining(is));
      }),
      { numRuns: 2000 },
    );
    expect(fixed).toBeGreaterThan(500);
  });

  it('allows one hash of what stands in the page, and takes nothing away', () => {
    const hashes = ['sha256-jzgBGA4UWFFmpOBq0JpdsySukE1FrEN5bUpoK8Z29fY='];
    const inline = fc.constantFrom('script', 'style').map((what): Load => ({ type: 'inline', what, hashes }));
    const others: readonly Load[] = [
      { type: 'inline', what: 'script', hashes: ['sha256-bb'] },
      { type: 'inline', what: 'script-attribute', hashes: ['sha256-bb'] },
      { type: 'inline', what: 'style', hashes: ['sha256-bb'] },
      { type: 'inline', what: 'style-attribute', hashes: ['sha256-bb'] },
      { type: 'fetch', destination: 'script', url: 'https://a.example/x' },
    ];
    fc.assert(
      fc.property(policies, inline, (before, refused) => {
        const { violations } = verdict(before, refused, PAGE);
        fc.pre(violations.length > 0);
        const asked = violations[0]?.effectiveDirective ?? '';
        const { fix } = explain(
          { documentURL: PAGE, blockedURL: 'inline', effectiveDirective: asked, originalPolicy: '' },
          { policies: before, hashes },
        );
        expect(fix.kind).toBe('edit');
        const mended = after(before, fix.kind === 'edit' ? fix.edits : []);
        expect(verdict(mended, refused, PAGE).violations).toEqual([]);
        for (const other of others)
          if (verdict(before, other, PAGE).allowed) expect(verdict(mended, other, PAGE).allowed).toBe(true);
      }),
    );
  });
});

describe('an explanation', () => {
  it('is given of whatever a report says, and never advises to allow any text', () => {
    const text = fc.oneof(
      fc.string(),
      address,
      fc.constantFrom(...WORDS),
      policy,
      fc.constantFrom('script-src-elem', 'frame-src'),
    );
    const violated = fc.record({
      documentURL: text,
      blockedURL: text,
      effectiveDirective: text,
      originalPolicy: text,
      sourceFile: text,
      sample: text,
    });
    fc.assert(
      fc.property(violated, (body) => {
        const { what, fix } = explain(body, { elements: ELEMENTS });
        expect(what).toMatch(/^[A-Z].*\.$/u);
        if (fix.kind === 'none') expect(fix.why).toMatch(/^[A-Z].*\.$/u);
        else for (const { added } of fix.edits) expect(added.join()).not.toMatch(/unsafe-(?:inline|eval|hashes)'/u);
      }),
      { numRuns: 1000 },
    );
  });

  it('is given of what is no text, too, for reports are JSON of anybody’s', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom('documentURL', 'document-uri', 'documentURI', 'document'),
        (value, name) => {
          const body: unknown = JSON.parse(
            JSON.stringify({
              [name]: value,
              blocked: value,
              blockedURL: value,
              effectiveDirective: value,
              directive: value,
              originalPolicy: value,
              disposition: value,
            }),
          );
          expect(explain(body as ViolationEventLike).what).toMatch(/^[A-Z].*\.$/u);
        },
      ),
    );
  });

  it('is the same of an event, of both kinds of report, and of what the collector kept', async () => {
    const { collector, stored } = collecting({ now: () => NOW });
    await collector.answer(post([violation()]), 'client');
    const kept = stored[0];
    const body = {
      document: 'https://shop.example/checkout?step=2',
      blocked: 'https://elements.example/collect.html?x=1',
      policy: "default-src 'self'; report-to csp",
    };
    /** As browsers make it: its members are those of a prototype. */
    const event = Object.create({
      documentURI: body.document,
      blockedURI: body.blocked,
      effectiveDirective: 'frame-src',
      originalPolicy: body.policy,
    }) as ViolationEventLike;
    const { 'csp-report': old } = legacy({ 'original-policy': body.policy }) as {
      'csp-report': { 'document-uri': string };
    };
    const reported = {
      documentURL: body.document,
      blockedURL: body.blocked,
      effectiveDirective: 'frame-src',
      originalPolicy: body.policy,
    };
    const explained = explain(reported, { elements: ELEMENTS });
    expect(explained).toMatchObject({ whose: 'sdk', because: 'default-src', fix: { kind: 'edit' } });
    expect(explain(event, { elements: ELEMENTS })).toEqual(explained);
    expect(explain(old, { elements: ELEMENTS })).toEqual(explained);
    expect(kept && explain(kept, { elements: ELEMENTS })).toEqual(explained);
  });
});
