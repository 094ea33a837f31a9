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
    hashes: ['sha256-a+b/='],
    ...rest,
  });
  it.each([
    ["script-src 'unsafe-inline'", inline('script'), true],
    ["script-src 'unsafe-inline' 'nonce-abc'", inline('script'), false],
    ["script-src 'unsafe-inline' 'nonce-abc'", inline('script', { nonce: 'abc' }), true],
    ["script-src 'unsafe-inline' 'sha256-x'", inline('script-attribute'), false],
    ["script-src 'sha256-a+b/='", inline('script'), true],
    ["script-src 'sha256-a-b_='", inline('script'), true],
    ["script-src 'sha256-a+b/='", inline('script-attribute'), false],
    ["script-src 'unsafe-hashes' 'sha256-a+b/='", inline('script-attribute'), true],
    ["script-src 'unsafe-hashes' 'sha256-a+b/='", inline('javascript-url'), true],
    ["script-src 'unsafe-inline'; script-src-attr 'none'", inline('script-attribute'), false],
    ["style-src 'unsafe-inline' 'strict-dynamic'", inline('style'), true],
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

describe('who embeds', () => {
  it.each<[string, readonly (string | null)[], boolean]>([
    ["'self'", [SHOP], true],
    ["'self'", [SHOP, 'https://portal.example'], false],
    ['https://portal.example', ['https://portal.example'], true],
    ['*', [null], false],
    ["'none'", [SHOP], false],
    ["'none'", [], true],
  ])('frame-ancestors %s under %j: %s', (sources, ancestors, allowed) => {
    expect(header(`frame-ancestors ${sources}`, { type: 'embedding', ancestors }).allowed).toBe(allowed);
  });
});
