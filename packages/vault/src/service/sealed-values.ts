import { randomBytes } from 'node:crypto';
import { lengthPrefixed, uuidToBytes } from '../crypto/bytes.js';
import { open, seal, sealingKey, type SealingKey } from '../crypto/envelope.js';
import type { KeyRing } from '../crypto/key-ring.js';
import { pad, unpad } from '../crypto/padding.js';
import type { NewKey, NewRecord, NewValue, StoredValue } from '../store/store.js';

const FORMAT = 'cl1';
const KEY_BYTES = 32;
const FIRST_VERSION = 1;

/** A value on its way into the vault. */
export interface ClearValue {
  readonly field: string;
  readonly token: string;
  readonly text: string;
  /** Milliseconds, or `null` for as long as nobody deletes it. */
  readonly expiresAt: number | null;
}

/** The record that values are sealed for. */
export type RecordPlace = Pick<NewRecord, 'tenant' | 'id' | 'collection' | 'createdAt'>;

interface ValuePlace {
  readonly tenant: string;
  readonly token: string;
  readonly collection: string;
  readonly field: string;
  readonly version: number;
  readonly expiresAt: number | null;
}

/** Names the one row that a ciphertext may stand in, and until when (A72): whoever moves the end gets nothing. */
const valueAad = ({ tenant, token, collection, field, version, expiresAt }: ValuePlace): Buffer =>
  lengthPrefixed([
    FORMAT,
    uuidToBytes(tenant),
    uuidToBytes(token),
    collection,
    field,
    String(version),
    String(expiresAt ?? 'never'),
  ]);

const keyAad = (tenant: string, record: string, number: number): Buffer =>
  lengthPrefixed([`${FORMAT}-key`, uuidToBytes(tenant), uuidToBytes(record), String(number)]);

interface DataKey {
  readonly sealing: SealingKey;
  readonly stored: NewKey;
}

function makeDataKey(
  ring: KeyRing,
  place: RecordPlace,
  { number, expiresAt }: Pick<NewKey, 'number' | 'expiresAt'>,
): DataKey {
  const bytes = randomBytes(KEY_BYTES);
  const wrapped = ring.wrap(bytes, keyAad(place.tenant, place.id, number));
  return { sealing: sealingKey(number, bytes), stored: { number, kekId: ring.kekId, wrapped, expiresAt } };
}

/**
 * Seals the values of a record: one data key for those that stay, one for each time at which some end, so that deleting a
 * key shreds exactly what has expired. Keys are wrapped by the KEK; their clear bytes are wiped.
 */
export function sealRecord(ring: KeyRing, place: RecordPlace, values: readonly ClearValue[]): NewRecord {
  const keys = new Map<number | null, DataKey>();
  const sealed: NewValue[] = [];
  for (const { field, token, text, expiresAt } of values) {
    const dataKey = keys.get(expiresAt) ?? makeDataKey(ring, place, { number: keys.size + 1, expiresAt });
    keys.set(expiresAt, dataKey);
    const clear = pad(text);
    const aad = valueAad({ ...place, token, field, version: FIRST_VERSION, expiresAt });
    sealed.push({
      token,
      field,
      keyNumber: dataKey.sealing.id,
      version: FIRST_VERSION,
      envelope: seal(dataKey.sealing, clear, aad),
      expiresAt,
    });
    clear.fill(0);
  }
  return { ...place, keys: Array.from(keys.values(), ({ stored }) => stored), values: sealed };
}

/** The clear text of a stored value; `undefined` when anything about its row is not as it was written. */
export function openValue(ring: KeyRing, tenant: string, value: StoredValue): string | undefined {
  const key = ring.unwrap(value.wrappedKey, keyAad(tenant, value.record, value.keyNumber));
  if (key === undefined) return undefined;
  const clear = open(sealingKey(value.keyNumber, key), value.envelope, valueAad({ tenant, ...value }));
  if (clear === undefined) return undefined;
  const text = unpad(clear);
  clear.fill(0);
  return text;
}
