import {
  bytesOf,
  derived,
  hexOf,
  joined,
  kekId,
  keyAad,
  padded,
  sealed,
  valueAad,
  type Row,
  type Sealing,
} from './envelope-by-hand.js';

/** A row as a table holds it, bytes in hex. */
export interface SealedRow extends Row {
  readonly wrappedKey: string;
  readonly envelope: string;
}

export interface EnvelopeVector {
  readonly name: string;
  readonly text: string;
  readonly row: SealedRow;
  /** How it came about. */
  readonly steps: Readonly<Record<'dataKey' | 'wrapIv' | 'keyAad' | 'padded' | 'iv' | 'aad', string>>;
}

export interface EnvelopeVectors {
  readonly format: 'cl1';
  readonly kek: string;
  readonly kekId: number;
  readonly derived: Readonly<Record<string, string>>;
  readonly valid: readonly EnvelopeVector[];
  readonly refused: readonly { readonly name: string; readonly row: SealedRow }[];
}

const KEK = hexOf(Uint8Array.from({ length: 32 }, (_, index) => index));
const PURPOSES = [
  'kek-id',
  'wrap',
  'key-check',
  'idempotency-response',
  'idempotency-body',
  'audit-token',
  'audit-head',
];

const TENANT = '3f2b8c1e-5d4a-4e6f-8a7b-9c0d1e2f3a4b';
const BASE: Row = {
  tenant: TENANT,
  record: '0b3f3a35-9f5e-4d0c-8a55-6c2f5e0d9a11',
  keyNumber: 1,
  collection: 'cards',
  field: 'number',
  token: '7d1c2b3a-4e5f-4061-9273-8495a6b7c8d9',
  version: 1,
  expiresAt: null,
};

/** Texts around the edges of the padding and of UTF-8, and one row of each kind. */
const CASES: readonly (readonly [name: string, text: string, row: Partial<Row>])[] = [
  ['a card number, kept until it is deleted', '4242424242424242', {}],
  ['a security code, kept for an hour', '739', { field: 'cvc', keyNumber: 2, expiresAt: 1_900_000_000_000 }],
  ['31 bytes, which fill one block with the mark', 'x'.repeat(31), { field: 'note' }],
  ['32 bytes, which need a second block', 'x'.repeat(32), { field: 'note' }],
  ['the longest text', 'y'.repeat(1000), { collection: 'notes', field: 'note' }],
  ['letters of two, three and four bytes', 'Zoë 山田 🂡', { collection: 'people', field: 'name' }],
  ['the same row at its second version', '4000056655665556', { version: 2 }],
];

/** Fixed bytes that differ from vector to vector. Real keys and IVs are random. */
const filler = (length: number, seed: number): string =>
  hexOf(Uint8Array.from({ length }, (_, index) => (seed * 37 + index * 11) & 0xff));

interface Keys {
  readonly wrap: string;
  readonly id: number;
}

async function vectorOf({ wrap, id }: Keys, index: number): Promise<EnvelopeVector> {
  const [name, text, change] = CASES[index] ?? ['', '', {}];
  const row = { ...BASE, ...change };
  const steps = {
    dataKey: filler(32, index + 1),
    wrapIv: filler(12, index + 101),
    keyAad: hexOf(keyAad(row)),
    padded: hexOf(padded(text)),
    iv: filler(12, index + 201),
    aad: hexOf(valueAad(row)),
  };
  const wrapping: Sealing = { key: bytesOf(wrap), id, aad: keyAad(row) };
  const sealing: Sealing = { key: bytesOf(steps.dataKey), id: row.keyNumber, aad: valueAad(row) };
  const wrappedKey = hexOf(await sealed(wrapping, bytesOf(steps.wrapIv), bytesOf(steps.dataKey)));
  const envelope = hexOf(await sealed(sealing, bytesOf(steps.iv), padded(text)));
  return { name, text, row: { ...row, wrappedKey, envelope }, steps };
}

const flip = (hex: string, at: number): string =>
  hexOf(bytesOf(hex).map((byte, index) => (index === at ? byte ^ 1 : byte)));

/** Bytes that are not an envelope of this row any more, by what was done to them. */
function spoiltBytes(hex: string): Readonly<Record<string, string>> {
  const bytes = bytesOf(hex);
  const size = bytes.length;
  const cut = (length: number): string => hexOf(bytes.subarray(0, length));
  return {
    'nothing at all': '',
    'cut within the header (5 bytes)': cut(5),
    'the header alone': cut(6),
    'cut within the IV': cut(17),
    'header and IV alone': cut(18),
    'one byte less than the smallest envelope': cut(33),
    'cut within the tag': cut(size - 1),
    'without its first byte': hex.slice(2),
    'one byte longer at the end': `${hex}00`,
    'one byte longer at the beginning': `00${hex}`,
    'version 0': `00${hex.slice(2)}`,
    'version 2': `02${hex.slice(2)}`,
    'algorithm 0': `${hex.slice(0, 2)}00${hex.slice(4)}`,
    'algorithm 2': `${hex.slice(0, 2)}02${hex.slice(4)}`,
    'another key number in the header': flip(hex, 5),
    'a bit of the IV flipped': flip(hex, 6),
    'a bit of the ciphertext flipped': flip(hex, 18),
    'the last bit of the ciphertext flipped': flip(hex, size - 17),
    'the first bit of the tag flipped': flip(hex, size - 16),
    'the last bit of the tag flipped': flip(hex, size - 1),
    'a tag of zeros': cut(size - 16) + '00'.repeat(16),
    'the tag in front of the ciphertext': hexOf(
      joined(bytes.subarray(0, 18), bytes.subarray(size - 16), bytes.subarray(18, size - 16)),
    ),
    'ciphertext and IV exchanged': hexOf(
      joined(bytes.subarray(0, 6), bytes.subarray(18, 30), bytes.subarray(6, 18), bytes.subarray(30)),
    ),
  };
}

/** Each member of the row that is bound, with another value. */
const MOVED: readonly (readonly [name: string, change: Partial<Row>])[] = [
  ['under another tenant', { tenant: '3f2b8c1e-5d4a-4e6f-8a7b-9c0d1e2f3a4c' }],
  ['in another record', { record: '0b3f3a35-9f5e-4d0c-8a55-6c2f5e0d9a12' }],
  ['under another token', { token: '7d1c2b3a-4e5f-4061-9273-8495a6b7c8da' }],
  ['in another collection', { collection: 'quiet' }],
  ['in another field', { field: 'cvc' }],
  ['with a letter moved from the collection to the field', { collection: 'card', field: 'snumber' }],
  ['at another version', { version: 2 }],
  ['with another key number', { keyNumber: 2 }],
  ['with an end that it did not have', { expiresAt: 1_900_000_000_000 }],
];

/** Sealed by whoever has the key, but not padded as texts are. */
const UNPADDED: readonly (readonly [name: string, plain: string])[] = [
  ['nothing in it', ''],
  ['a block without the mark', '00'.repeat(32)],
  ['something behind the mark', `34328001${'00'.repeat(28)}`],
];

async function refusedOf(valid: readonly EnvelopeVector[]): Promise<EnvelopeVectors['refused']> {
  const [first, second, ...others] = valid;
  const last = others.at(-1);
  if (first === undefined || second === undefined || last === undefined) throw new Error('no vectors');
  const { row, steps } = first;
  const variants = (part: 'envelope' | 'wrappedKey') =>
    Object.entries(spoiltBytes(row[part])).map(([name, hex]) => ({
      name: `${part}: ${name}`,
      row: { ...row, [part]: hex },
    }));
  const sealing = { key: bytesOf(steps.dataKey), id: row.keyNumber, aad: valueAad(row) };
  const unpadded = UNPADDED.map(async ([name, plain]) => {
    const envelope = hexOf(await sealed(sealing, bytesOf(steps.iv), bytesOf(plain)));
    return { name: `plain text: ${name}`, row: { ...row, envelope } };
  });
  const { wrappedKey, envelope } = second.row;
  return [
    ...variants('envelope'),
    ...variants('wrappedKey'),
    ...MOVED.map(([name, change]) => ({ name: `row: ${name}`, row: { ...row, ...change } })),
    { name: 'row: with a later end', row: { ...second.row, expiresAt: 1_900_000_000_001 } },
    { name: 'row: with no end', row: { ...second.row, expiresAt: null } },
    { name: 'swapped: the envelope of another field', row: { ...row, envelope } },
    { name: 'swapped: the wrapped key of another key number', row: { ...row, wrappedKey } },
    { name: 'swapped: both', row: { ...row, wrappedKey, envelope } },
    {
      name: 'swapped: an older version put back',
      row: { ...last.row, wrappedKey: row.wrappedKey, envelope: row.envelope },
    },
    ...(await Promise.all(unpadded)),
  ];
}

/** All vectors; the same at every call. */
export async function makeEnvelopes(): Promise<EnvelopeVectors> {
  const kek = bytesOf(KEK);
  const keys = await Promise.all(PURPOSES.map(async (name) => [name, hexOf(await derived(kek, name))] as const));
  const id = await kekId(kek);
  const wrap = hexOf(await derived(kek, 'wrap'));
  const valid = await Promise.all(CASES.map((_, index) => vectorOf({ wrap, id }, index)));
  return {
    format: 'cl1',
    kek: KEK,
    kekId: id,
    derived: Object.fromEntries(keys),
    valid,
    refused: await refusedOf(valid),
  };
}
