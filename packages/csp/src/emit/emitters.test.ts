import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NONCE, type Header, type HeaderRule } from '../needs/headers.js';
import { EMITTERS, emitterOf } from './emitters.js';
import { READERS } from './test-support/readers.js';

const PATHS = ['/*', '/checkout/*', '/checkout', '/checkout/pay', '/checkout/a.b/*', '/c_d/*'];
const ASKED = [
  '/',
  '/checkout',
  '/checkout/',
  '/checkout/pay',
  '/checkout/payer',
  '/checkout/a.b/x',
  '/checkout/aXb/x',
  '/c_d/e',
];

/** Printable ASCII without the one thing that is not a letter of a value but a place in it. */
const value = fc
  .string({ unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)), minLength: 1 })
  .map((text) => text.trim())
  .filter((text) => text !== '' && !text.includes(NONCE));
const rulesFor = (id: string) =>
  fc.uniqueArray(
    fc.record({
      path: fc.constantFrom(...PATHS),
      headers: fc.uniqueArray(
        fc.tuple(
          fc.constantFrom('Content-Security-Policy', 'X-One', 'X-Two'),
          id === 'vercel' ? value.filter((text) => !text.includes('$')) : value,
        ),
        {
          selector: ([name]) => name,
          minLength: 1,
        },
      ),
    }),
    { selector: ({ path }) => path },
  );

const fits = (rule: string, path: string): boolean =>
  rule.endsWith('*') ? path.startsWith(rule.slice(0, -1)) : path === rule;

/** What the closest rule says, by the longest path that fits. */
function expected(all: readonly HeaderRule[], path: string): ReadonlyMap<string, string> {
  const wideFirst = all
    .filter((rule) => fits(rule.path, path))
    .toSorted(
      (one, two) =>
        one.path.replace('*', '').length - two.path.replace('*', '').length ||
        Number(two.path.endsWith('*')) - Number(one.path.endsWith('*')),
    );
  return new Map(
    wideFirst.flatMap(({ headers }) => headers.map(([name, text]) => [name.toLowerCase(), text] as const)),
  );
}

const site = (...headers: readonly Header[]): readonly HeaderRule[] => [{ path: '/*', headers }];

describe('the emitters', () => {
  it('are found by their ids, which are words of a command line', () => {
    expect(new Set(EMITTERS.map(({ id }) => id)).size).toBe(EMITTERS.length);
    for (const emitter of EMITTERS) {
      expect(emitter.id).toMatch(/^[a-z][a-z-]*$/u);
      expect(emitterOf(emitter.id)).toBe(emitter);
    }
    expect(emitterOf('iis')).toBeUndefined();
    expect(emitterOf('__proto__')).toBeUndefined();
  });

  it.each(EMITTERS.map((emitter) => [emitter.id, emitter] as const))(
    '%s refuses what breaks out of a line',
    (_, { emit }) => {
      for (const hostile of ['a\nb', 'a\r', 'a\0b', 'a\u2028b']) {
        expect(() => emit(site(['Content-Security-Policy', hostile]))).toThrow(TypeError);
        expect(() => emit(site([hostile, 'a']))).toThrow(TypeError);
        expect(() => emit([{ path: `/${hostile}`, headers: [['A', 'a']] }])).toThrow(TypeError);
      }
    },
  );

  it.each(EMITTERS.map((emitter) => [emitter.id, emitter] as const))(
    '%s makes nonces, or says what does',
    (_, emitter) => {
      const wanting = site(['Content-Security-Policy', `script-src 'nonce-${NONCE}'`]);
      if (!emitter.nonces) expect(() => emitter.emit(wanting)).toThrow(/hashes/u);
      else expect(emitter.emit(wanting).text).toContain(NONCE);
    },
  );

  it.each(EMITTERS.map((emitter) => [emitter.id, emitter] as const))(
    '%s tells how to look at the served answer',
    (_, { verify, emit }) => {
      expect(verify).toMatch(/^curl /u);
      expect(emit(site(['Content-Security-Policy', "default-src 'self'"])).file).toMatch(/^[\w.-]+$/u);
    },
  );
});

describe.each(Object.entries(READERS))('what %s reads', (id, reader) => {
  const emit = (all: readonly HeaderRule[]) => emitterOf(id)?.emit(all) ?? { file: '', text: '', lost: [] };

  it('is for each path what the closest rule says, in every printable letter that it can write', async () => {
    await fc.assert(
      fc.asyncProperty(rulesFor(id), async (all) => {
        const ask = reader(emit(all).text);
        for (const path of ASKED) {
          // To a program's router this is the same page as without the slash.
          if (path === '/checkout/' && all.some((rule) => rule.path === '/checkout')) continue;
          const got = await ask(path);
          const wanted = expected(all, path);
          for (const name of ['content-security-policy', 'x-one', 'x-two'])
            expect(got.get(name), path).toBe(wanted.get(name));
        }
      }),
    );
  });
});

describe.each(['express', 'fastify', 'hono', 'next', 'cloudflare-worker'])('the nonces of %s', (id) => {
  const text =
    emitterOf(id)?.emit(site(['Content-Security-Policy', `script-src 'nonce-${NONCE}'; style-src 'nonce-${NONCE}'`]))
      .text ?? '';

  it('have 128 bits, are the same within an answer and another in each', async () => {
    const ask = READERS[id]?.(text);
    const seen = new Set<string>();
    for (let times = 0; times < 50; times += 1) {
      const policy = (await ask?.('/checkout'))?.get('content-security-policy') ?? '';
      const [first = '', second] = Array.from(policy.matchAll(/'nonce-([^']+)'/gu), ([, nonce]) => nonce);
      expect(second).toBe(first);
      expect(Buffer.from(first, 'base64').toString('base64')).toBe(first);
      expect(Buffer.from(first, 'base64').byteLength).toBe(16);
      seen.add(first);
    }
    expect(seen.size).toBe(50);
  });

  it('are not kept with a page, and nothing else is kept from being kept', async () => {
    const only = emitterOf(id)?.emit([
      { path: '/checkout/*', headers: [['Content-Security-Policy', `'nonce-${NONCE}'`]] },
    ]);
    const ask = READERS[id]?.(only?.text ?? '');
    const kept = async (path: string, accept: string) => (await ask?.(path, accept))?.get('cache-control');
    expect(await kept('/checkout/pay', 'text/html,*/*;q=0.8')).toBe('no-store');
    expect((await ask?.('/checkout/pay', 'text/html'))?.has('etag')).toBe(false);
    expect(await kept('/checkout/pay.js', '*/*')).toBeUndefined();
    expect(await kept('/help', 'text/html,*/*;q=0.8')).toBeUndefined();
  });

  it('come from the platform’s secure randomness', () => {
    expect(text).toMatch(/randomBytes\(16\)|crypto\.getRandomValues\(new Uint8Array\(16\)\)/u);
    expect(text).not.toContain('Math.random');
  });
});

describe.each(['express', 'fastify', 'hono', 'cloudflare-worker'])('a page of %s', (id) => {
  it.each(['/Checkout/pay', '/%63heckout/pay', '/CHECKOUT/x', '/checkout/%zz'])(
    'asked for as %s has the same policy',
    async (path) => {
      const text = emitterOf(id)?.emit([
        { path: '/*', headers: [['Content-Security-Policy', 'wide']] },
        { path: '/checkout/*', headers: [['Content-Security-Policy', 'close']] },
      ]).text;
      expect((await READERS[id]?.(text ?? '')(path))?.get('content-security-policy')).toBe('close');
    },
  );
});
