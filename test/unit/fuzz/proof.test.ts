import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkProof } from '../../../packages/vault/src/http/dpop.js';
import { makeProof, signJws, testKey } from '../../../packages/vault/src/test-support/proof.js';
import { jsonOf } from '../../support/fuzz/json-of.js';
import { anyValue, mutated } from '../../support/fuzz/mutate.js';
import { COSTLY_RUNS, RUNS } from '../../support/fuzz/runs.js';

const NOW = 1_900_000_000_000;
const TIME = { now: NOW, started: NOW - 60_000 };
const key = testKey();
const token = 'cls_a-session-that-is-bound-to-the-key';
const url = 'https://vault.shop.example/v1/records';
const target = { method: 'POST', url, token, thumbprint: key.thumbprint };
const check = (proof: string) => checkProof(proof, target, TIME);

const encode = (text: string): string => Buffer.from(text).toString('base64url');
const good = makeProof({ key, token, url, now: NOW });
const [head = '', body = '', signature = ''] = good.split('.');
const header: unknown = JSON.parse(Buffer.from(head, 'base64url').toString());
const payload: Readonly<Record<string, unknown>> = JSON.parse(Buffer.from(body, 'base64url').toString());
const signed = (headText: string, bodyText: string): string =>
  signJws(encode(headText), encode(bodyText), key.privateKey);

const sameJson = (a: string, b: unknown): boolean => {
  try {
    const sorted = (value: unknown): unknown =>
      typeof value === 'object' && value !== null
        ? Object.entries(value)
            .map(([name, part]) => [name, sorted(part)])
            .toSorted()
        : value;
    return JSON.stringify(sorted(JSON.parse(a))) === JSON.stringify(sorted(b));
  } catch {
    return false;
  }
};

describe('proofs that are not quite proofs', () => {
  it('start from one that is', () => {
    expect(check(good)).toMatchObject({ ok: true });
    expect(check(signed(JSON.stringify(header), JSON.stringify(payload)))).toMatchObject({ ok: true });
  });

  it('A75 are refused with any one character changed, left out or doubled', () => {
    for (let at = 0; at < good.length; at += 1) {
      const own = good.charAt(at);
      const other = own === 'A' ? 'B' : 'A';
      for (const put of [other, '', own + own, '=', '.', ' ', '\u0000', 'é'])
        expect(check(good.slice(0, at) + put + good.slice(at + 1)).ok, `${put} at ${at}`).toBe(put === own);
    }
  });

  it('A75 A76 are refused when signed by the right key over another header', () => {
    fc.assert(
      fc.property(fc.oneof(mutated(fc.constant(header)), anyValue).map(jsonOf), (text) => {
        expect(check(signed(text, JSON.stringify(payload))).ok).toBe(sameJson(text, header));
      }),
      { numRuns: COSTLY_RUNS },
    );
  });

  it('A75 A76 are refused when signed by the right key over other claims', () => {
    // An id of its own is each proof's to choose.
    const claims = fc.oneof(mutated(fc.constant(payload)), anyValue);
    fc.assert(
      fc.property(claims.map(jsonOf), (text) => {
        const { ok } = check(signed(JSON.stringify(header), text));
        if (ok) expect(sameJson(text, { ...payload, jti: Reflect.get(JSON.parse(text), 'jti') })).toBe(true);
      }),
      { numRuns: COSTLY_RUNS },
    );
  });

  const EXTRA: readonly (readonly [string, unknown])[] = [
    ...['../../etc/passwd', "' OR 1=1 --", '$' + '{jndi:ldap://x}', key.thumbprint, 1].map(
      (kid) => ['kid', kid] as const,
    ),
    ['jku', 'https://evil.example/keys'],
    ['x5u', 'file:///etc/passwd'],
    ['x5c', [encode('certificate')]],
    ['x5t#S256', key.thumbprint],
    ['crit', ['exp']],
    ['crit', []],
    ['b64', false],
    ['zip', 'DEF'],
    ['cty', 'JWT'],
    ['enc', 'A256GCM'],
    ['p2c', 2_147_483_647],
    ['p2s', 'AAAA'],
    ['epk', key.jwk],
    ['apu', 'AAAA'],
    ['jwks', { keys: [key.jwk] }],
    ['nonce', 'x'],
  ];

  it('A75 A78 are refused with any other header member, at the top or in the key, though the right key signed', () => {
    for (const [name, value] of EXTRA) {
      expect(check(makeProof({ key, token, url, now: NOW, header: { [name]: value } })).ok, name).toBe(false);
      const jwk = { ...key.jwk, [name]: value };
      expect(check(makeProof({ key, token, url, now: NOW, header: { jwk } })).ok, `jwk ${name}`).toBe(false);
    }
  });

  it.each([
    'none',
    'None',
    '',
    'HS256',
    'HS512',
    'RS256',
    'PS256',
    'ES256K',
    'ES384',
    'EdDSA',
    'ES256 ',
    'dir',
    'PBES2-HS256+A128KW',
  ])('A75 A78 are refused with alg %j, signed or not', (alg) => {
    const forged = encode(JSON.stringify({ typ: 'dpop+jwt', alg, jwk: key.jwk }));
    for (const proof of [`${forged}.${body}.`, `${forged}.${body}.${signature}`, signJws(forged, body, key.privateKey)])
      expect(check(proof).ok).toBe(false);
  });

  it.each<readonly [string, string]>([
    ['the algorithm twice', JSON.stringify(header).replace('{', '{"alg":"none",')],
    ['the algorithm twice, once spelled with an escape', JSON.stringify(header).replace('{', '{"\\u0061lg":"none",')],
    ['the key twice', JSON.stringify(header).replace('{', `{"jwk":${JSON.stringify(testKey().jwk)},`)],
    ['a key of a key', JSON.stringify(header).replace('"kty"', '"jwk":{},"kty"')],
    ['a prototype', JSON.stringify(header).replace('{', '{"__proto__":{},')],
    ['a byte order mark', `\ufeff${JSON.stringify(header)}`],
    ['something behind it', `${JSON.stringify(header)}{}`],
    ['nothing', ''],
  ])('A75 A85 are refused with %s in a signed header', (_, text) => {
    expect(check(signed(text, JSON.stringify(payload))).ok).toBe(false);
  });

  it.each(['jti', 'htm', 'htu', 'iat', 'ath'])('A75 A85 are refused with the claim %s twice', (name) => {
    const text = JSON.stringify(payload);
    for (const twice of [
      text.replace('{', `{"${name}":1,`),
      text.replace(/\}$/u, `,"${name}":${JSON.stringify(payload[name])}}`),
    ])
      expect(check(signed(JSON.stringify(header), twice)).ok).toBe(false);
  });

  it('A75 A78 are refused nested, in another serialisation, or encrypted', () => {
    const nested = signJws(
      encode(JSON.stringify({ ...Object(header), cty: 'dpop+jwt' })),
      encode(good),
      key.privateKey,
    );
    const json = JSON.stringify({ payload: body, signatures: [{ protected: head, signature }] });
    const jwe = [
      encode('{"alg":"PBES2-HS512+A256KW","enc":"A256GCM","p2c":2147483647,"zip":"DEF"}'),
      body,
      body,
      body,
      body,
    ];
    for (const proof of [nested, json, encode(json), jwe.join('.'), `${good}.`, `.${good}`, `${good}.${good}`])
      expect(check(proof)).toMatchObject({ ok: false, reason: 'proof-malformed' });
  });

  it('A75 A76 A85 are refused without being read when they are huge, and without a deep stack when they are deep', () => {
    const huge = 'A'.repeat(1e7);
    const deep = encode('['.repeat(600) + ']'.repeat(600));
    for (const proof of [huge, '.'.repeat(1e7), `${head}.${huge}.${signature}`, `${deep}.${body}.${signature}`])
      expect(check(proof)).toMatchObject({ ok: false, reason: 'proof-malformed' });
    const started = performance.now();
    Buffer.from(huge, 'base64url');
    const read = performance.now();
    for (let time = 0; time < 100; time += 1) check(huge);
    // By the machine's own clock: a hundred refusals for much less than it takes to read the text a hundred times.
    expect(performance.now() - read).toBeLessThan(50 * (read - started));
  });

  it('A75 are refused whatever text they are', () => {
    const parts = fc.array(fc.oneof(fc.string(), fc.base64String().map(encode), fc.json().map(encode)), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          parts.map((all) => all.join('.')),
        ),
        (proof) => {
          expect(check(proof).ok).toBe(false);
        },
      ),
      { numRuns: RUNS },
    );
  });
});
