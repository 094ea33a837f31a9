import { describe, expect, it } from 'vitest';
import { type Load } from './load.js';
import { policiesOf, verdict, type Delivery } from './policy-set.js';

const SHOP = 'https://shop.example';
const asks = (delivery: Delivery, load: Load, origin = SHOP) => verdict(policiesOf(delivery), load, origin);
const header = (policy: string, load: Load, origin = SHOP) => asks({ enforced: [policy] }, load, origin);
const fetchOf = (destination: Extract<Load, { type: 'fetch' }>['destination'], url: string): Load => ({
  type: 'fetch',
  destination,
  url,
});

describe('a place', () => {
  it.each([
    ['*', 'https://any.example/', true],
    ['*', 'http://any.example/', true],
    ['*', 'data:,x', false],
    ['https:', 'http://any.example/', false],
    ['http:', 'https://any.example/', true],
    ['data:', 'data:,x', true],
    ["'self'", 'https://shop.example/a', true],
    ["'self'", 'https://shop.example:8443/a', false],
    ["'self'", 'https://www.shop.example/a', false],
    ['shop.example', 'http://shop.example/', false],
    ['http://shop.example', 'https://shop.example/', true],
    ['http://shop.example:80', 'https://shop.example/', true],
    ['http://a.example:8443', 'https://a.example:8443/', false],
    ['https://a.example:80', 'https://a.example/', false],
    ['http://a.example:443', 'https://a.example/', true],
    ['https://a.example:0443', 'https://a.example/', true],
    ['*.example', 'https://a.b.example/', true],
    ['*.example', 'https://example/', false],
    ['a.example:*', 'https://a.example:8443/', true],
    ['a.example', 'https://a.example:8443/', false],
    ['a.example/x', 'https://a.example/x', true],
    ['a.example/x', 'https://a.example/x/y', false],
    ['a.example/x/', 'https://a.example/x/y', true],
    ['a.example/%78', 'https://a.example/x', true],
    ["'none'", 'https://a.example/', false],
    ["'none' https://a.example", 'https://a.example/', true],
    ['ws:', 'https://a.example/', false],
    ['wss://a.example', 'https://a.example/', false],
    ['', 'https://a.example/', false],
  ])('frame-src %s allows %s: %s', (sources, url, allowed) => {
    expect(header(`frame-src ${sources}`, fetchOf('frame', url)).allowed).toBe(allowed);
  });

  it('is compared without its path after a redirect (CSP3 §7.6)', () => {
    const load = (redirect: string): Load => ({
      type: 'fetch',
      destination: 'image',
      url: 'https://a.example/x',
      redirects: [redirect],
    });
    const policy = 'img-src a.example/x b.example/y';
    expect(header(policy, load('https://b.example/other')).allowed).toBe(true);
    expect(header(policy, load('https://c.example/x')).allowed).toBe(false);
  });
});

describe('a directive that is not there', () => {
  it.each([
    ["default-src 'none'", fetchOf('frame', 'https://e.example/'), 'frame-src', 'default-src'],
    ["child-src 'none'", fetchOf('frame', 'https://e.example/'), 'frame-src', 'child-src'],
    ["child-src 'none'; default-src *", fetchOf('worker', 'https://shop.example/w'), 'worker-src', 'child-src'],
    ["script-src 'none'", fetchOf('worker', 'https://shop.example/w'), 'worker-src', 'script-src'],
    ["script-src 'none'", fetchOf('script', 'https://shop.example/s'), 'script-src-elem', 'script-src'],
  ])('%s answers for it', (policy, load, effectiveDirective, because) => {
    expect(header(policy, load).violations).toEqual([
      { index: 0, disposition: 'enforce', effectiveDirective, because },
    ]);
  });

  it.each<[string, Load]>([
    ["default-src 'none'", { type: 'form', url: 'https://evil.example/' }],
    ["default-src 'none'", { type: 'base', url: 'https://evil.example/' }],
    ["default-src 'none'", { type: 'embedding', ancestors: ['https://evil.example'] }],
    ["script-src 'none'", fetchOf('image', 'https://evil.example/')],
    ["script-src 'none'", fetchOf('prefetch', 'https://evil.example/')],
  ])('%s says nothing of %j', (policy, load) => {
    expect(header(policy, load).allowed).toBe(true);
  });
});

describe('a script', () => {
  const script = (rest: Partial<Extract<Load, { type: 'fetch' }>>): Load => ({
    type: 'fetch',
    destination: 'script',
    url: 'https://cdn.example/a.js',
    ...rest,
  });
  it.each([
    ["script-src 'nonce-abc'", script({ nonce: 'abc' }), true],
    ["script-src 'nonce-abc'", script({ nonce: 'ABC' }), false],
    ["script-src 'sha256-aa'", script({ integrity: ['sha256-aa'] }), true],
    ["script-src 'sha256-aa'", script({ integrity: ['sha256-aa', 'sha256-bb'] }), false],
    ["script-src 'strict-dynamic' 'nonce-abc' cdn.example", script({}), false],
    ["script-src 'strict-dynamic' 'nonce-abc'", script({ parserInserted: false }), true],
    ["script-src 'strict-dynamic' 'nonce-abc'", script({ nonce: 'abc' }), true],
    ['script-src cdn.example', script({}), true],
  ])('%s meets %j: %s', (policy, load, allowed) => {
    expect(header(policy, load).allowed).toBe(allowed);
  });

  const inline = (what: Extract<Load, { type: 'inline' }>['what'], rest: object = {}): Load => ({
    type: 'inline',
    what,
    hashes: ['sha256-a+b/aa=='],
    ...rest,
  });
  it.each([
    ["script-src 'unsafe-inline'", inline('script'), true],
    ["script-src 'unsafe-inline' 'nonce-abc'", inline('script'), false],
    ["script-src 'unsafe-inline' 'nonce-abc'", inline('script', { nonce: 'abc' }), true],
    ["script-src 'unsafe-inline' 'sha256-xx'", inline('script-attribute'), false],
    ["script-src 'sha256-a+b/aa=='", inline('script'), true],
    ["script-src 'sha256-a-b_aa=='", inline('script'), true],
    ["script-src 'sha256-a-b_aa'", inline('script'), true],
    ["script-src 'unsafe-inline' 'sha256-a+b/='", inline('script'), true],
    ["script-src 'sha256-a+b/aa=='", inline('script-attribute'), false],
    ["script-src 'unsafe-hashes' 'sha256-a+b/aa=='", inline('script-attribute'), true],
    ["script-src 'unsafe-hashes' 'sha256-a+b/aa=='", inline('javascript-url'), true],
    ["script-src 'unsafe-inline'; script-src-attr 'none'", inline('script-attribute'), false],
    ["style-src 'unsafe-inline' 'strict-dynamic'", inline('style'), true],
    ["default-src 'unsafe-inline' 'strict-dynamic'", inline('style'), false],
    ["style-src 'nonce-abc'", inline('style-attribute', { nonce: 'abc' }), false],
  ])('%s meets %j in the document: %s', (policy, load, allowed) => {
    expect(header(policy, load).allowed).toBe(allowed);
  });

  it.each<[string, Load, boolean]>([
    ["script-src 'self'", { type: 'eval' }, false],
    ["script-src 'unsafe-eval'", { type: 'eval' }, true],
    ["script-src 'wasm-unsafe-eval'", { type: 'eval' }, false],
    ["script-src 'wasm-unsafe-eval'", { type: 'wasm' }, true],
    ["require-trusted-types-for 'script'", { type: 'dom-sink' }, false],
    ["require-trusted-types-for 'script'", inline('javascript-url'), false],
    ["worker-src 'strict-dynamic'", fetchOf('worker', 'https://shop.example/w'), true],
    ["default-src 'none'; img-src a.example", fetchOf('prefetch', 'https://a.example/'), true],
    ["default-src 'none'", fetchOf('prefetch', 'https://a.example/'), false],
    ["img-src 'none'", { type: 'eval' }, true],
  ])('%s meets %j: %s', (policy, load, allowed) => {
    expect(header(policy, load).allowed).toBe(allowed);
  });
});

describe('several policies', () => {
  const frame = fetchOf('frame', 'https://e.example/');

  it('must all allow a load, whether they stand in one header, in two or in the markup', () => {
    const good = 'frame-src https://e.example';
    const bad = "default-src 'self'";
    expect(asks({ enforced: [good, good] }, frame).allowed).toBe(true);
    expect(asks({ enforced: [`${good}, ${bad}`] }, frame).allowed).toBe(false);
    expect(asks({ enforced: [good, bad] }, frame).violations).toMatchObject([{ index: 1, because: 'default-src' }]);
    expect(asks({ enforced: [good], meta: [bad] }, frame).violations).toMatchObject([{ index: 1 }]);
  });

  it('that only report keep nothing out', () => {
    const { allowed, violations } = asks({ reported: ["frame-src 'none'"] }, frame);
    expect(allowed).toBe(true);
    expect(violations).toMatchObject([{ disposition: 'report', effectiveDirective: 'frame-src' }]);
  });

  it('lose in the markup what only a header can say (HTML §4.2.5.3)', () => {
    const load: Load = { type: 'embedding', ancestors: ['https://evil.example'] };
    expect(asks({ enforced: ["frame-ancestors 'self'"] }, load).allowed).toBe(false);
    expect(asks({ meta: ["frame-ancestors 'self'"] }, load).allowed).toBe(true);
  });
});

describe('what is asked one after the other', () => {
  const directives = (delivery: Delivery, load: Load) =>
    asks(delivery, load).violations.map(
      ({ effectiveDirective, disposition }) => `${disposition} ${effectiveDirective}`,
    );

  it('is reported at each redirect, and not behind one that is refused', () => {
    const load: Load = {
      type: 'fetch',
      destination: 'image',
      url: 'https://a.example/',
      redirects: ['https://b.example/', 'https://c.example/'],
    };
    expect(directives({ enforced: ['img-src a.example'], reported: ["img-src 'none'"] }, load)).toEqual([
      'report img-src',
      'enforce img-src',
      'report img-src',
    ]);
  });

  it('is a string that becomes code: first whether it is trusted, then whether there may be any', () => {
    const trusted = "require-trusted-types-for 'script'";
    expect(directives({ enforced: [trusted, "script-src 'self'"] }, { type: 'eval' })).toEqual([
      'enforce require-trusted-types-for',
    ]);
    expect(directives({ reported: [trusted], enforced: ["script-src 'self'"] }, { type: 'eval' })).toEqual([
      'report require-trusted-types-for',
      'enforce script-src',
    ]);
  });

  it('is what an object shows, which may be a document', () => {
    const object = fetchOf('object', 'https://a.example/');
    expect(directives({ enforced: ["object-src *; frame-src 'none'"] }, object)).toEqual(['enforce frame-src']);
    expect(directives({ enforced: ["object-src 'none'; frame-src 'none'"] }, object)).toEqual(['enforce object-src']);
    const redirected: Load = { type: 'fetch', destination: 'object', url: 'https://a.example/', redirects: [SHOP] };
    expect(directives({ enforced: ['default-src a.example'] }, redirected)).toEqual(['enforce frame-src']);
  });

  it('is a hint, of which a policy that only reports hears when it is redirected', () => {
    const reported = ["default-src 'none'"];
    const hint: Load = { type: 'fetch', destination: 'prefetch', url: 'https://a.example/' };
    expect(directives({ reported }, hint)).toEqual([]);
    expect(directives({ reported }, { ...hint, redirects: ['https://b.example/'] })).toEqual(['report default-src']);
  });
});

describe('who embeds', () => {
  it.each<[string, readonly (string | null)[], boolean]>([
    ["'self'", [SHOP], true],
    ["'self'", [SHOP, 'https://portal.example'], false],
    ['https://portal.example', ['https://portal.example'], true],
    ['*', [null], false],
    ["'none'", [SHOP], false],
    ["'none'", [], true],
    ['https://portal.example/', ['https://portal.example'], true],
    ['https://portal.example/shop', ['https://portal.example'], false],
  ])('frame-ancestors %s under %j: %s', (sources, ancestors, allowed) => {
    expect(header(`frame-ancestors ${sources}`, { type: 'embedding', ancestors }).allowed).toBe(allowed);
  });
});
