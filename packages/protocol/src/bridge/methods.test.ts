import { describe, expect, it } from 'vitest';
import { CodedError } from '../errors/coded-error.js';
import { integer, object, oneOf, string } from '../schema/schema.js';
import { calls, serve, type Answers, type MethodMap } from './methods.js';

const map = {
  double: { params: object({ n: integer(0, 10) }), result: object({ n: integer(0, 20) }) },
  fail: { params: object({}), result: object({}) },
  leak: { params: object({}), result: object({ word: string({ max: 3 }) }) },
} as const satisfies MethodMap;

const wire = serve(map, {
  double: ({ n }) => ({ n: 2 * n }),
  fail: () => {
    throw new CodedError('invalid');
  },
  leak: () => {
    throw new Error('4242424242424242 at https://elements.example/collect.js:1');
  },
});
const answers: Answers<typeof map> = { double: map.double.result, fail: map.fail.result, leak: map.leak.result };
const remote = calls<typeof map>(answers, wire);

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'resolved',
    (error: unknown) => (error instanceof CodedError ? error.code : error),
  );

describe('method maps', () => {
  it('answer what the contract says', async () => {
    await expect(remote.double({ n: 4 })).resolves.toEqual({ n: 8 });
  });

  it('A01 refuse arguments that do not fit, and say where', async () => {
    const reply = await wire['double']?.({ n: 11, more: 1 });
    expect(reply).toEqual({ ok: false, code: 'message' });
    expect(await wire['double']?.({ n: 11 })).toEqual({ ok: false, code: 'message', hint: '/n' });
  });

  it('say that a look is not right with a code of its own', async () => {
    const { dress } = serve(
      { dress: { params: object({ appearance: object({ theme: oneOf(['bare']) }) }), result: object({}) } },
      { dress: () => ({}) },
    );
    expect(await dress?.({ appearance: { theme: 'neon' } })).toEqual({
      ok: false,
      code: 'appearance',
      hint: '/appearance/theme',
    });
  });

  it('carry codes across', async () => {
    expect(await codeOf(remote.fail({}))).toBe('invalid');
  });

  it('A15 carry no message, stack or value of an unexpected error', async () => {
    const reply = await wire['leak']?.({});
    expect(JSON.stringify(reply)).toBe('{"ok":false,"code":"internal"}');
    expect(await codeOf(remote.leak({}))).toBe('internal');
  });

  it.each(['constructor', 'toString', '__proto__', '__defineGetter__', 'hasOwnProperty'])(
    'A14 have no inherited method %s',
    (name) => {
      expect(Reflect.get(wire, name)).toBeUndefined();
      expect(Object.getPrototypeOf(wire)).toBeNull();
    },
  );

  it('refuse an answer that does not fit', async () => {
    const lying = calls<typeof map>(answers, { double: () => Promise.resolve({ ok: true, result: { n: 21 } }) });
    expect(await codeOf(lying.double({ n: 1 }))).toBe('message');
    const foreign = calls<typeof map>(answers, {
      double: () => Promise.resolve({ ok: false, code: 'made-up', hint: 'x'.repeat(300) }),
    });
    expect(await codeOf(foreign.double({ n: 1 }))).toBe('message');
  });
});
