import { beforeAll, describe, expect, it } from 'vitest';
import { keyRing, type KeyRing } from '../../../packages/vault/src/crypto/key-ring.js';
import { openValue, sealRecord } from '../../../packages/vault/src/service/sealed-values.js';
import { keptFile } from '../../support/kept-file.js';
import { bytesOf, hexOf, keyAad, opened, padded, valueAad } from '../../support/vectors/envelope-by-hand.js';
import { makeEnvelopes, type EnvelopeVectors, type SealedRow } from '../../support/vectors/make-envelopes.js';

const FILE = 'test/vectors/envelope.json';

let vectors: EnvelopeVectors;
let ring: KeyRing;
beforeAll(async () => {
  vectors = await makeEnvelopes();
  ring = keyRing(bytesOf(vectors.kek));
});

/** As the vault opens a row of its table. */
const openRow = ({ tenant, wrappedKey, envelope, ...row }: SealedRow): string | undefined =>
  openValue(ring, tenant, { ...row, wrappedKey: bytesOf(wrappedKey), envelope: bytesOf(envelope) });

describe('the published vectors of the envelope', () => {
  it('are what the format makes of their inputs, byte for byte', async () => {
    const { kept, made } = await keptFile(FILE, JSON.stringify(vectors));
    expect(kept).toBe(made);
  });

  it('have the numbers and keys that the vault derives', () => {
    expect(ring.kekId).toBe(vectors.kekId);
    expect(hexOf(ring.checkValue)).toBe(vectors.derived['key-check']);
  });

  it('open in the vault to their texts', () => {
    for (const { name, text, row } of vectors.valid) expect(openRow(row), name).toBe(text);
  });

  it('A72 are refused by the vault when anything about bytes or row is not as it was', () => {
    expect(vectors.refused.length).toBeGreaterThan(60);
    for (const { name, row } of vectors.refused) expect(openRow(row), name).toBeUndefined();
  });

  it('speak of the same format as the vault: what it seals opens by the page alone', async () => {
    const { tenant, record: id, collection, field, token } = (vectors.valid[0] ?? expect.fail()).row;
    const place = { tenant, id, collection, createdAt: 0 };
    const text = 'sealed by the vault';
    const { keys, values } = sealRecord(ring, place, [{ field, token, text, expiresAt: 1_900_000_000_000 }]);
    const [key] = keys;
    const [value] = values;
    if (key === undefined || value === undefined) expect.fail();
    const { version, keyNumber, expiresAt } = value;
    const row = { tenant, record: id, keyNumber, collection, field, token, version, expiresAt };
    const wrapping = { key: bytesOf(vectors.derived['wrap'] ?? ''), id: vectors.kekId, aad: keyAad(row) };
    const dataKey = await opened(wrapping, Uint8Array.from(key.wrapped));
    const plain = await opened({ key: dataKey, id: keyNumber, aad: valueAad(row) }, Uint8Array.from(value.envelope));
    expect(hexOf(plain)).toBe(hexOf(padded(text)));
  });
});
