import { describe, expect, it } from 'vitest';
import type { HeaderRule } from '../needs/headers.js';
import { blocksOf, fixedBlocksOf } from './blocks.js';

const rule = (path: string, ...headers: HeaderRule['headers']): HeaderRule => ({ path, headers });

describe('rules', () => {
  it('become blocks, the closest first, each with the headers of the wider ones', () => {
    const blocks = blocksOf([
      rule('/*', ['A', 'wide'], ['B', 'wide']),
      rule('/checkout/pay', ['b', 'exact']),
      rule('/checkout/*', ['A', 'below']),
    ]);
    expect(blocks.map(({ path, headers }) => [path, Object.fromEntries(headers)])).toEqual([
      ['/checkout/pay', { A: 'below', b: 'exact' }],
      ['/checkout/*', { A: 'below', B: 'wide' }],
      ['/*', { A: 'wide', B: 'wide' }],
    ]);
  });

  it('with one header twice keep both policies, as a list', () => {
    const [block] = blocksOf([rule('/*', ['CSP', 'a'], ['csp', 'b']), rule('/*', ['CSP', 'c'])]);
    expect(block?.headers).toEqual([['CSP', 'a, b, c']]);
  });

  it.each([
    ['checkout'],
    [''],
    ['/a b'],
    ['/a*'],
    ['/*/b'],
    ['/a"b'],
    ['/a\nb'],
    ['//evil.example'],
    ['/%2e'],
    ['/a{b}'],
    ['/a;b'],
    ['/é'],
  ])('with the path %j are refused', (path) => {
    expect(() => blocksOf([rule(path, ['A', 'a'])])).toThrow(TypeError);
  });

  it.each([['A B'], [''], ['A:'], ['A\n'], ['+A'], ['Ä'], ['$a'], ['1']])('with the name %j are refused', (name) => {
    expect(() => blocksOf([rule('/*', [name, 'a'])])).toThrow(TypeError);
  });

  it.each([[''], [' a'], ['a '], ['a\nb'], ['a\r\nX: y'], ['a\0'], ['a\tb'], ['a\x7F'], ['a\u2028'], ['é'], ['𝒳']])(
    'with the value %j are refused',
    (value) => {
      expect(() => blocksOf([rule('/*', ['A', value])])).toThrow(TypeError);
    },
  );

  it('that want a nonce are refused where values are fixed, and the sentence says what to use', () => {
    expect(() => fixedBlocksOf([rule('/*', ['A', "script-src 'nonce-{nonce}'"])], 'nginx')).toThrow(
      /^nginx .*hashes.*express/u,
    );
  });
});
