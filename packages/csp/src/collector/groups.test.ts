import { describe, expect, it } from 'vitest';
import { shapeOfUrl } from './fingerprint.js';
import { collecting, NOW, post, report, violation } from './test-support/reports.js';

describe('the shape of an address', () => {
  it.each([
    ['https://shop.example/order/1234/pay', 'https://shop.example/order/:n/pay'],
    ['https://shop.example/app.3f2a1b9c.js', 'https://shop.example/app.:id.js'],
    ['https://shop.example/c/0c6a9f7e-1b2c-4d3e-8f90-a1b2c3d4e5f6', 'https://shop.example/c/:id'],
    ['https://shop.example/index-Bx7GhT2k.js', 'https://shop.example/index-Bx7GhT2k.js'],
    ['https://shop.example/effaced/', 'https://shop.example/effaced/'],
    [`https://shop.example${'/a'.repeat(12)}`, `https://shop.example${'/a'.repeat(8)}/…`],
    ['inline', 'inline'],
    ['data:', 'data:'],
    ['', ''],
  ])('%s is %s', (url, shape) => {
    expect(shapeOfUrl(url)).toBe(shape);
  });
});

describe('groups', () => {
  it('have the reports of one cause, with the first and the last time', async () => {
    const { collector } = collecting();
    const order = (number: number, age: number): object =>
      violation({ documentURL: `https://shop.example/order/${String(number)}?x` }, { age });
    await collector.answer(post([order(1, 5000), order(22, 1000), order(333, 9000), violation()]), 'client');
    const [orders, other] = collector.groups();
    expect(orders).toMatchObject({
      count: 3,
      firstSeen: new Date(NOW - 9000).toISOString(),
      lastSeen: new Date(NOW - 1000).toISOString(),
      latest: { document: 'https://shop.example/order/333' },
    });
    expect(other).toMatchObject({ count: 1 });
  });

  it.each<[string, object]>([
    ['the directive', violation({ effectiveDirective: 'img-src' })],
    ['the disposition', violation({ disposition: 'report' })],
    ['what was refused', violation({ blockedURL: 'https://other.example/' })],
    ['the page', violation({ documentURL: 'https://shop.example/cart' })],
    ['the file that asked', violation({ sourceFile: 'https://shop.example/app.js' })],
    ['the type', report('coep', { blockedURL: 'https://elements.example/collect.html' })],
  ])('are told apart by %s', async (_, other) => {
    const { collector } = collecting();
    await collector.answer(post([violation(), other]), 'client');
    expect(collector.groups()).toHaveLength(2);
  });

  it('are bounded: those that were quiet for longest go, and are counted', async () => {
    const { collector } = collecting({ groups: 2 });
    const at = (path: string): object => violation({ documentURL: `https://shop.example/${path}` });
    await collector.answer(post([at('a'), at('b'), at('a'), at('c'), at('d')]), 'client');
    expect(collector.groups().map(({ latest }) => latest.document)).toEqual([
      'https://shop.example/c',
      'https://shop.example/d',
    ]);
    expect(collector.counts()).toMatchObject({ groups: 2, droppedGroups: 2 });
  });
});
