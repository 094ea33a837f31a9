import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROTOCOL_VERSION } from '@cloister/protocol';
import { readGreeting } from './greeting.js';

const expected = { role: 'collect', build: undefined } as const;
const hello = {
  cloister: 'hello',
  protocol: PROTOCOL_VERSION,
  build: 'build-one',
  role: 'collect',
  frame: 'f'.repeat(22),
};

describe('a greeting', () => {
  it('A45 is read without throwing, whatever came, and is a hello only if it is exactly one', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withMap: true }), (data) => {
        expect(readGreeting(data, expected).kind).not.toBe('hello');
      }),
    );
  });

  it('A01 is no hello with one member more, less or different', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(hello)), fc.anything(), (key, value) => {
        const same = Object.is(value, Object.entries(hello).find(([name]) => name === key)?.[1]);
        fc.pre(!same && !(typeof value === 'string' && ['build', 'frame'].includes(key)));
        expect(readGreeting({ ...hello, [key]: value }, expected).kind).not.toBe('hello');
        expect(readGreeting({ ...hello, extra: value ?? null }, expected).kind).toBe('noise');
      }),
    );
  });

  it('A44 does not run code that came with it', () => {
    const ran: string[] = [];
    const trap = new Proxy(
      {},
      {
        get: (_, key) => {
          ran.push(String(key));
          return undefined;
        },
      },
    );
    expect(readGreeting({ ...hello, extra: trap }, expected).kind).toBe('noise');
    expect(ran).toEqual([]);
  });

  it('A15 takes over what a frame says that it drew, and refuses one that says more than a page may know', () => {
    const field = { name: 'number', status: 'empty', focused: false, touched: false } as const;
    const drawn = { fields: [field], optional: ['number'] };
    expect(readGreeting({ ...hello, drawn }, expected)).toMatchObject({ kind: 'hello', drawn });
    for (const more of [{ value: '4' }, { status: 'short' }, { facts: { digits: '4' } }])
      expect(readGreeting({ ...hello, drawn: { fields: [{ ...field, ...more }] } }, expected)).toEqual({
        kind: 'noise',
      });
  });

  it('keeps to the build that was met first', () => {
    expect(readGreeting(hello, { role: 'collect', build: 'build-one' }).kind).toBe('hello');
    expect(readGreeting(hello, { role: 'collect', build: 'build-two' })).toEqual({ kind: 'stranger' });
  });
});
