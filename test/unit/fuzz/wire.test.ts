import { isWireSafe, WIRE_LIMITS, wireGuard } from '@cloister/protocol';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RUNS } from '../../support/fuzz/runs.js';

/** Everything that structured clone carries and JSON does not. What `clone` makes of each is what a frame would be handed. */
const EXOTIC: Readonly<Record<string, () => unknown>> = {
  RegExp: () => /^4242$/u,
  Date: () => new Date(0),
  'invalid Date': () => new Date(Number.NaN),
  Map: () => new Map([['a', 1]]),
  Set: () => new Set([1]),
  ArrayBuffer: () => new ArrayBuffer(8),
  SharedArrayBuffer: () => new SharedArrayBuffer(8),
  Uint8Array: () => new Uint8Array(8),
  Float64Array: () => new Float64Array(1),
  DataView: () => new DataView(new ArrayBuffer(8)),
  Error: () => new RangeError('4242'),
  'boxed string': (): unknown => Object('4242'),
  'boxed number': (): unknown => Object(4242),
  'boxed boolean': (): unknown => Object(false),
  bigint: () => 42n,
  NaN: () => Number.NaN,
  Infinity: () => Number.POSITIVE_INFINITY,
  Blob: () => new Blob(['4242']),
  'list with a hole': (): unknown => Object.assign(new Array(3), { 0: 1 }),
  'list with a property beside its items': (): unknown => Object.assign([1], { more: 'x'.repeat(1e6) }),
  'enormous sparse list': (): unknown => new Array(4_000_000_000),
  'list in a circle': () => {
    const loop: unknown[] = [];
    loop.push(loop);
    return loop;
  },
  'object in a circle': () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = { loop };
    return loop;
  },
};

/** Objects of which structured clone makes plain ones: they may pass, as what they have become. */
const PLAIN_AFTER: Readonly<Record<string, () => unknown>> = {
  'instance of a class': () =>
    new (class Card {
      readonly number = '4242';
    })(),
  'object with a getter': () => ({
    get number() {
      return '4242';
    },
  }),
  'object with a null prototype': (): unknown => Object.assign(Object.create(null), { number: '4242' }),
};

let ports: { readonly port1: MessagePort; readonly port2: MessagePort };
beforeAll(() => {
  ports = new MessageChannel();
});
afterAll(() => {
  ports.port1.close();
});

/** Through a real port, as a message of the page comes. */
function carried(message: unknown): Promise<unknown> {
  return new Promise((resolve) => {
    ports.port2.once('message', resolve);
    ports.port1.postMessage(message);
  });
}

const call = (part: unknown): object => ({
  namespace: 'penpal',
  type: 'CALL',
  id: 'x',
  methodPath: ['update'],
  args: [{ appearance: { rules: { input: { base: part } } } }],
});

describe('the guard before everything that a page sends', () => {
  it.each(Object.entries(EXOTIC))('A45 refuses a %s, at the top and deep in a call', async (_, make) => {
    expect(isWireSafe(await carried(call('red')), WIRE_LIMITS)).toBe(true);
    for (const message of [make(), [make()], call(make()), call([0, make()])])
      expect(isWireSafe(await carried(message), WIRE_LIMITS)).toBe(false);
  });

  it.each(Object.entries(PLAIN_AFTER))('A45 of an %s only data arrives', async (_, make) => {
    const arrived = await carried(call(make()));
    expect(isWireSafe(arrived, WIRE_LIMITS)).toBe(true);
    expect(arrived).toStrictEqual(call({ number: '4242' }));
  });

  it('A45 refuses any JSON with one exotic value put anywhere into it', () => {
    const exotic = fc.constantFrom(...Object.values(EXOTIC));
    const place = fc.array(fc.oneof(fc.constant('list'), fc.string({ maxLength: 5 })), { maxLength: 6 });
    fc.assert(
      fc.property(exotic, place, fc.jsonValue({ maxDepth: 2 }), (make, way, beside) => {
        const message = way.reduce<unknown>(
          (inner, step) => (step === 'list' ? [beside, inner] : { beside, [`${step}.`]: inner }),
          make(),
        );
        expect(isWireSafe(message, WIRE_LIMITS)).toBe(false);
      }),
      { numRuns: RUNS },
    );
  });
});

/** Characters, values and levels below the top of a JSON value, counted the plain way. */
function measure(value: unknown): { readonly characters: number; readonly nodes: number; readonly depth: number } {
  if (typeof value === 'string') return { characters: value.length, nodes: 1, depth: 0 };
  if (typeof value !== 'object' || value === null) return { characters: 0, nodes: 1, depth: 0 };
  const parts = Object.values(value).map(measure);
  const keys = Array.isArray(value) ? [] : Object.keys(value);
  return {
    characters: parts.reduce((sum, { characters }) => sum + characters, keys.join('').length),
    nodes: parts.reduce((sum, { nodes }) => sum + nodes, 1),
    depth: Math.max(-1, ...parts.map(({ depth }) => depth)) + 1,
  };
}

const nested = (levels: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
};

describe('what a message may cost', () => {
  it('A44 is exactly what the limits say, for any JSON', () => {
    const small = { characters: 40, depth: 3, nodes: 12 };
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const { characters, nodes, depth } = measure(value);
        const fits = characters <= small.characters && nodes <= small.nodes && depth <= small.depth;
        expect(isWireSafe(value, small)).toBe(fits);
      }),
      { numRuns: RUNS },
    );
  });

  it.each<readonly [string, () => unknown]>([
    ['10 MB of text', () => 'x'.repeat(10_000_000)],
    ['10 MB in a key', () => ({ ['k'.repeat(10_000_000)]: 1 })],
    ['a million items', () => Array.from({ length: 1_000_000 }, () => 0)],
    ['a hundred thousand keys', () => Object.fromEntries(Array.from({ length: 100_000 }, (_, key) => [key, 0]))],
    ['a thousand levels', () => nested(1000)],
    [
      'a list that names itself a thousand times',
      () => {
        const list: unknown[] = [];
        for (let index = 0; index < 1000; index += 1) list.push(list);
        return list;
      },
    ],
  ])('A44 %s is refused for less than its delivery costs', (_, make) => {
    const sent = performance.now();
    const message = structuredClone(make());
    const delivery = performance.now() - sent;
    const costs = Array.from({ length: 5 }, () => {
      const started = performance.now();
      expect(isWireSafe(message, WIRE_LIMITS)).toBe(false);
      return performance.now() - started;
    });
    // By the clock of the engine itself, and the best of five: a machine under load stalls anything. 50 ms is the bar for a stall.
    expect(Math.min(...costs)).toBeLessThan(delivery + 50);
  });

  it('A44 a flood of 1e5 messages is dropped unread beyond the budget', () => {
    let left = 100;
    let read = 0;
    const guard = wireGuard({ spend: () => (left -= 1) >= 0, charge: () => undefined }, () => 0);
    const message = new Proxy(
      {},
      {
        getPrototypeOf: () => {
          read += 1;
          return Object.prototype;
        },
      },
    );
    for (let sent = 0; sent < 100_000; sent += 1) guard({ data: message }, () => undefined);
    expect(read).toBe(100);
  });
});
