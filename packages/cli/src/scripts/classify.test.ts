import { describe, expect, it } from 'vitest';
import { classify, hashOf } from './classify.js';
import type { Seen, SeenScript } from './seen.js';

const PAGE = 'https://shop.example/checkout';
const MAGIC = Uint8Array.from([0x00, 0x61, 0x73, 0x6d]);
const script = (rest: Partial<SeenScript>): SeenScript => ({
  where: 'document',
  address: PAGE,
  text: 'code()',
  bytes: '',
  digest: 'ab'.repeat(32),
  length: 6,
  isModule: false,
  atStart: false,
  caller: '',
  frame: 'top',
  worker: '',
  ...rest,
});
const seen = (scripts: readonly SeenScript[], rest: Partial<Seen> = {}): Seen => ({
  scripts,
  requests: new Map(),
  frames: new Map([
    ['top', { url: `${PAGE}?order=1`, parent: '' }],
    ['blank', { url: 'about:blank', parent: 'top' }],
    ['stranger', { url: 'https://pay.example/field', parent: 'top' }],
    ['inStranger', { url: 'about:srcdoc', parent: 'stranger' }],
  ]),
  markup: { handler: new Map(), address: new Map(), element: new Map() },
  ...rest,
});
const asked = (url: string, byScript = false): Partial<Seen> => ({
  requests: new Map([[url, { byScript, from: PAGE }]]),
});

describe('a script that was seen', () => {
  it.each<[string, Partial<SeenScript>, Partial<Seen>, object]>([
    ['stands in the document', {}, {}, { kind: 'inline', src: '', frame: PAGE }],
    [
      'was asked for, whatever its query',
      { address: 'https://a.example/x.js?v=1#f' },
      asked('https://a.example/x.js?v=1#f'),
      { kind: 'external', src: 'https://a.example/x.js', query: '?v=1' },
    ],
    [
      'was asked for by a script',
      { address: 'https://a.example/x.js' },
      asked('https://a.example/x.js', true),
      { kind: 'injected' },
    ],
    ['is the document itself, asked for as a script', { atStart: true }, asked(PAGE), { kind: 'external', src: PAGE }],
    [
      'came without a request that was seen',
      { address: 'https://a.example/x.js', atStart: true },
      {},
      { kind: 'external', src: 'https://a.example/x.js' },
    ],
    [
      'stands in a document that gave itself another address',
      { address: 'https://shop.example/paid' },
      {},
      { kind: 'inline', src: '' },
    ],
    ['was made of text', { address: '', caller: `${PAGE}?order=1` }, {}, { kind: 'eval', src: '', initiator: PAGE }],
    ['is a data: address', { address: 'data:text/javascript,code()' }, {}, { kind: 'external', src: '' }],
    [
      'runs in a worker of a blob',
      { where: 'worker', address: 'blob:https://shop.example/1', worker: 'blob:https://shop.example/1' },
      {},
      { kind: 'worker', src: '' },
    ],
    [
      'was gone before its text was read',
      { text: undefined },
      {},
      { hash: `sha256-${Buffer.from('ab'.repeat(32), 'hex').toString('base64')}` },
    ],
    ['runs in an empty frame of the page', { frame: 'blank' }, {}, { frame: 'about:blank' }],
    ['is WebAssembly', { text: '', bytes: 'AGFzbQ==' }, {}, { kind: 'wasm', src: '', hash: hashOf(MAGIC) }],
    [
      'runs where the page went',
      { frame: 'gone', address: 'https://evil.example/' },
      { frames: new Map([['gone', { url: 'https://evil.example/', parent: '' }]]) },
      { frame: 'https://evil.example/' },
    ],
  ])('is what it is where it %s', (_, change, rest, expected) => {
    expect(classify(seen([script(change)], rest), PAGE)).toMatchObject([expected]);
  });

  it.each<[string, Partial<SeenScript>]>([
    ['is of a frame of another origin', { frame: 'stranger' }],
    ['is of a document inside such a frame', { frame: 'inStranger' }],
    ['is a worker of another origin', { where: 'worker', worker: 'https://pay.example/w.js', frame: '' }],
    ['is empty', { text: '', length: 0 }],
  ])('is none of the page’s where it %s', (_, change) => {
    expect(classify(seen([script(change)]), PAGE)).toEqual([]);
  });

  it('is the page’s as well where a stranger’s markup has the same text', () => {
    const handler = new Map([['code()', new Set(['top', 'stranger'])]]);
    const found = classify(seen([], { markup: { handler, address: new Map(), element: new Map() } }), PAGE);
    expect(found).toMatchObject([{ kind: 'handler', frame: PAGE }]);
  });

  it('is named once, however often it ran', () => {
    expect(classify(seen([script({}), script({})]), PAGE)).toHaveLength(1);
  });
});
