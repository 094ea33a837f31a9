import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KEYWORDS, parseSource, printSource, type Source } from './source.js';

const host = (rest: Partial<Extract<Source, { kind: 'host' }>> & { readonly host: string }): Source => ({
  kind: 'host',
  scheme: undefined,
  port: undefined,
  path: undefined,
  ...rest,
});

describe('a source', () => {
  it.each<[string, Source]>([
    ["'none'", { kind: 'none' }],
    ["'SELF'", { kind: 'keyword', keyword: 'self' }],
    ["'nonce-abc_-+/09=='", { kind: 'nonce', nonce: 'abc_-+/09==' }],
    ["'SHA256-AbC='", { kind: 'hash', algorithm: 'sha256', value: 'AbC=' }],
    ["'sha256-AbCd='", { kind: 'unknown', text: "'sha256-AbCd='" }],
    ["'sha256-AbCdE'", { kind: 'unknown', text: "'sha256-AbCdE'" }],
    ["'md5-abc'", { kind: 'unknown', text: "'md5-abc'" }],
    ['https:', { kind: 'scheme', scheme: 'https' }],
    ['DATA:', { kind: 'scheme', scheme: 'data' }],
    ['*', host({ host: '*' })],
    ['*:*', host({ host: '*', port: '*' })],
    ['*.shop.example', host({ host: '*.shop.example' })],
    ['HTTPS://Shop.Example', host({ scheme: 'https', host: 'shop.example' })],
    ['http://localhost:8080/a/B', host({ scheme: 'http', host: 'localhost', port: '8080', path: '/a/B' })],
    ['cdn.example:443', host({ host: 'cdn.example', port: '443' })],
    ['cdn.example/', host({ host: 'cdn.example', path: '/' })],
    ['cdn.example/a?b#c', host({ host: 'cdn.example', path: '/a' })],
    ['self', host({ host: 'self' })],
    ['a*.example', { kind: 'unknown', text: 'a*.example' }],
    ['*.*.example', { kind: 'unknown', text: '*.*.example' }],
    ['https://', { kind: 'unknown', text: 'https://' }],
    ["'self", { kind: 'unknown', text: "'self" }],
    ['http://[::1]', { kind: 'unknown', text: 'http://[::1]' }],
  ])('%s is read (CSP3 §2.3.1)', (text, source) => {
    expect(parseSource(text)).toEqual(source);
  });

  it('that is printed and read is the same', () => {
    const label = fc.stringMatching(/^[a-z][\da-z-]{0,8}$/u);
    const name = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join('.'));
    const any: fc.Arbitrary<Source> = fc.oneof(
      fc.constant<Source>({ kind: 'none' }),
      fc.constantFrom(...KEYWORDS).map((keyword): Source => ({ kind: 'keyword', keyword })),
      fc.stringMatching(/^[\w+/-]{1,20}={0,2}$/u).map((nonce): Source => ({ kind: 'nonce', nonce })),
      fc
        .record({
          scheme: fc.option(label, { nil: undefined }),
          host: name,
          port: fc.constantFrom(undefined, '*', '80'),
        })
        .map((parts): Source => host({ ...parts, path: undefined })),
      label.map((scheme): Source => ({ kind: 'scheme', scheme })),
    );
    fc.assert(
      fc.property(any, (source) => {
        expect(parseSource(printSource(source))).toEqual(source);
      }),
    );
  });

  it('can be read from any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const source = parseSource(text);
        if (source.kind === 'unknown') expect(printSource(source)).toBe(text);
      }),
    );
  });
});
