import { describe, expect, it } from 'vitest';
import { policiesOf, type Delivery } from '../semantics/policy-set.js';
import { explain, type ExplainContext, type Explanation } from './explain.js';
import type { ViolationBodyLike } from './violation-facts.js';

const ELEMENTS = 'https://elements.example';
const context: ExplainContext = { elements: ELEMENTS };

/** A violation of a page of the shop, by a policy. */
const violated = (originalPolicy: string, effectiveDirective: string, blockedURL: string): ViolationBodyLike => ({
  documentURL: 'https://shop.example/checkout',
  blockedURL,
  effectiveDirective,
  originalPolicy,
  disposition: 'enforce',
});
const lineOf = ({ fix }: Explanation): string => (fix.kind === 'edit' ? fix.line : '');
const whyOf = ({ fix }: Explanation): string => (fix.kind === 'none' ? fix.why : '');

describe('whose it is', () => {
  it.each<[Explanation['whose'], Partial<ViolationBodyLike>]>([
    ['sdk', { blockedURL: `${ELEMENTS}/collect.html` }],
    ['sdk', { blockedURL: ELEMENTS }],
    ['page', { blockedURL: 'https://shop.example/frame' }],
    ['service', { blockedURL: 'https://js.stripe.com/v3/elements' }],
    ['service', { blockedURL: 'https://payments.braintree-api.com/' }],
    ['unknown', { blockedURL: 'https://evil.example/' }],
    ['unknown', { blockedURL: 'https://js.stripe.com.evil.example/' }],
    ['unknown', { blockedURL: 'https://elements.example.evil.example/' }],
    ['unknown', { blockedURL: 'data' }],
    ['extension', { blockedURL: 'chrome-extension' }],
    ['extension', { blockedURL: 'inline', sourceFile: 'moz-extension://0c6a/x.js' }],
    ['sdk', { blockedURL: `${ELEMENTS}/collect.html`, sourceFile: 'moz-extension://0c6a/x.js' }],
    ['unknown', { blockedURL: 'https://evil.example/loot', sourceFile: 'chrome-extension' }],
    [
      'page',
      { blockedURL: 'inline', effectiveDirective: 'script-src-elem', sourceFile: 'https://shop.example/checkout' },
    ],
    [
      'service',
      { blockedURL: 'inline', effectiveDirective: 'style-src-elem', sourceFile: 'https://js.stripe.com/v3/' },
    ],
    ['unknown', { blockedURL: 'inline', effectiveDirective: 'script-src-elem' }],
    ['extension', { blockedURL: 'inline', effectiveDirective: 'script-src-elem', sample: 'var AG_onLoad=' }],
  ])('%s, of %j', (whose, rest) => {
    expect(explain({ ...violated("default-src 'none'", 'frame-src', ''), ...rest }, context).whose).toBe(whose);
  });
});

describe('the fix', () => {
  it.each<[string, string, string, string, string]>([
    ["frame-src 'none'", 'frame-src', `${ELEMENTS}/collect.html`, 'frame-src', `Add ${ELEMENTS} to frame-src`],
    ["frame-src 'self'", 'frame-src', ELEMENTS, 'frame-src', `Add ${ELEMENTS} to frame-src`],
    ["default-src 'self'", 'frame-src', ELEMENTS, 'default-src', `Add the directive frame-src 'self' ${ELEMENTS}`],
    ["default-src 'none'", 'frame-src', ELEMENTS, 'default-src', `Add the directive frame-src ${ELEMENTS}`],
    [
      "default-src 'self' 'unsafe-inline' 'nonce-abc' https:; frame-src 'none'",
      'connect-src',
      'http://api.example/x',
      'default-src',
      "Add the directive connect-src 'self' https: http://api.example",
    ],
    ["child-src 'self'", 'frame-src', ELEMENTS, 'child-src', `Add the directive frame-src 'self' ${ELEMENTS}`],
    [
      "script-src 'self'",
      'script-src-elem',
      'https://js.stripe.com/v3',
      'script-src',
      'Add https://js.stripe.com to script-src',
    ],
    [
      "default-src 'self' 'nonce-abc'",
      'script-src-elem',
      'https://cdn.example/a;b,c.js?v=1',
      'default-src',
      "Add the directive script-src 'self' 'nonce-{nonce}' https://cdn.example/a%3Bb%2Cc.js",
    ],
    [
      'script-src-elem x',
      'script-src-elem',
      'https://shop.example/a.js',
      'script-src-elem',
      "Add 'self' to script-src-elem",
    ],
    ["img-src 'self'", 'img-src', 'https://img.example/a.png', 'img-src', 'Add https://img.example to img-src'],
    ["img-src 'self'", 'img-src', 'data', 'img-src', 'Add data: to img-src'],
    ["worker-src 'self'", 'worker-src', 'blob', 'worker-src', 'Add blob: to worker-src'],
    [
      "script-src 'self'",
      'worker-src',
      'https://shop.example:8443/w.js',
      'script-src',
      "Add the directive worker-src 'self' https://shop.example:8443/w.js",
    ],
    [
      "connect-src 'self'",
      'connect-src',
      'wss://live.example/s',
      'connect-src',
      'Add wss://live.example to connect-src',
    ],
    [
      "form-action 'self'",
      'form-action',
      'https://pay.example/go',
      'form-action',
      'Add https://pay.example to form-action',
    ],
    ["script-src 'self'", 'script-src', 'wasm-eval', 'script-src', "Add 'wasm-unsafe-eval' to script-src"],
  ])('of %s, asked by %s for %s, is in the place of %s: %s', (policy, directive, blocked, because, line) => {
    const explained = explain(violated(policy, directive, blocked), context);
    expect(explained).toMatchObject({ directive, because });
    expect(lineOf(explained)).toBe(line);
  });

  it('has the whole policy with the change, which is as it was otherwise', () => {
    const { fix } = explain(violated("default-src  'self';img-src * ;", 'frame-src', ELEMENTS), context);
    expect(fix).toMatchObject({
      edits: [{ index: 0, policy: `default-src  'self';img-src * ; frame-src 'self' ${ELEMENTS};` }],
    });
  });

  it.each<[string, string, string, RegExp]>([
    ["script-src 'strict-dynamic' 'nonce-a'", 'script-src-elem', 'https://cdn.example/a.js', /nonce/u],
    ["script-src 'self'", 'script-src-elem', 'data', /allows whatever/u],
    ["frame-src 'self'", 'frame-src', 'blob', /allows whatever/u],
    ["script-src 'self'", 'script-src', 'eval', /Replace eval/u],
    ["script-src 'self'", 'script-src-elem', 'inline', /nonce of the answer, or name its hash/u],
    ["script-src 'self'", 'script-src-attr', 'inline', /addEventListener/u],
    ["style-src 'self'", 'style-src-attr', 'inline', /style sheet/u],
    ["base-uri 'none'", 'base-uri', 'https://evil.example/', /every relative address/u],
    ["frame-ancestors 'none'", 'frame-ancestors', 'https://shop.example/', /does not say who/u],
    ["require-trusted-types-for 'script'", 'require-trusted-types-for', 'trusted-types-sink', /Trusted Types/u],
    ["trusted-types 'none'", 'trusted-types', 'trusted-types-policy', /Trusted Types/u],
    ["img-src 'self'", 'img-src', 'chrome-extension', /No policy of the page/u],
    ["img-src 'self'", 'img-src', 'weixin://private', /no origin/u],
    ["img-src 'self'", 'img-src', 'https://[2001:db8::1]/x', /No source can name/u],
    ["img-src 'self'", 'x-src', 'https://a.example/', /not say enough/u],
    ["img-src 'self'", 'img-src', 'nonsense', /not say enough/u],
    ['img-src https://a.example', 'img-src', 'https://a.example/redirects', /redirect/u],
  ])('of %s, asked by %s for %s, is none, with a reason: %s', (policy, directive, blocked, why) => {
    expect(whyOf(explain(violated(policy, directive, blocked), context))).toMatch(why);
  });

  it('of a script or style in the page is its hash, where the caller knows it', () => {
    const hashes = ['sha256-jzgBGA4UWFFmpOBq0JpdsySukE1FrEN5bUpoK8Z29fY='];
    const script = explain(violated("default-src 'self'", 'script-src-elem', 'inline'), { hashes });
    expect(lineOf(script)).toBe(`Add the directive script-src 'self' '${hashes[0] ?? ''}'`);
    const style = explain(violated("style-src 'self'", 'style-src-elem', 'inline'), { hashes });
    expect(lineOf(style)).toBe(`Add '${hashes[0] ?? ''}' to style-src`);
    const bad = explain(violated("style-src 'self'", 'style-src-elem', 'inline'), { hashes: ["x' *; script-src *"] });
    expect(bad.fix.kind).toBe('none');
  });

  it('is none for a document without an origin', () => {
    const sandboxed = { ...violated("img-src 'self'", 'img-src', 'https://a.example/'), documentURL: 'about:srcdoc' };
    expect(explain(sandboxed, context).fix.kind).toBe('none');
    expect(explain({ ...sandboxed, documentURL: 'data:text/html,x' }, context).fix).toMatchObject({
      why: expect.stringMatching(/no origin/u),
    });
  });
});

describe('several policies', () => {
  const delivery: Delivery = {
    enforced: [`frame-src ${ELEMENTS}`, "default-src 'self'"],
    reported: ["frame-src 'none'"],
    meta: ["child-src 'self'"],
  };
  const policies = policiesOf(delivery);

  it('are named, each with its own change', () => {
    const explained = explain(violated("default-src 'self'", 'frame-src', ELEMENTS), { ...context, policies });
    expect(lineOf(explained)).toBe(
      [
        `In policy 2 (header) add the directive frame-src 'self' ${ELEMENTS}`,
        `in policy 3 (report only) add ${ELEMENTS} to frame-src`,
        `in policy 4 (in the markup) add the directive frame-src 'self' ${ELEMENTS}`,
      ].join('; '),
    );
  });

  it('that the page is not known to have are added to those that are', () => {
    const explained = explain(violated("object-src 'none';  frame-src x", 'frame-src', ELEMENTS), {
      ...context,
      policies,
    });
    expect(lineOf(explained)).toContain('in policy 5 (header) add');
    const known = explain(violated("default-src   'self' ;", 'frame-src', ELEMENTS), { ...context, policies });
    expect(lineOf(known)).not.toContain('policy 5');
  });
});

describe('what it says', () => {
  it.each<[Partial<ViolationBodyLike>, string]>([
    [
      { blockedURL: `${ELEMENTS}/collect.html` },
      `The policy refused a frame of the secure fields (${ELEMENTS}); without it they do not work.`,
    ],
    [
      { blockedURL: ELEMENTS, disposition: 'report' },
      `The policy would refuse a frame of the secure fields (${ELEMENTS}); without it they do not work.`,
    ],
    [
      { blockedURL: 'https://js.stripe.com/v3', effectiveDirective: 'script-src-elem' },
      'The policy refused a script of Stripe.js and Elements (https://js.stripe.com).',
    ],
    [
      {
        blockedURL: 'https://evil.example/x',
        effectiveDirective: 'connect-src',
        sourceFile: 'https://shop.example/app.js',
      },
      'The policy refused a connection (https://evil.example), asked for by https://shop.example. Nothing that is configured here is there: allow it only if you know it.',
    ],
    [
      { blockedURL: 'inline', effectiveDirective: 'script-src-elem' },
      'The policy refused a script that stands in the page.',
    ],
    [
      { blockedURL: 'chrome-extension' },
      'An extension of the browser loaded or ran something in the page. Neither the page nor its policy is at fault.',
    ],
  ])('%j: %s', (rest, what) => {
    expect(explain({ ...violated("default-src 'self'", 'frame-src', ''), ...rest }, context).what).toBe(what);
  });
});
