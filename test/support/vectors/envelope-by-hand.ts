/*
 * `docs/security/envelope.md` in WebCrypto, written from that page and sharing no code with the vault: two implementations
 * that agree have not both misread it.
 */

type Bytes = Uint8Array<ArrayBuffer>;
export type Part = string | Bytes;

export const bytesOf = (hex: string): Bytes =>
  Uint8Array.from(hex.match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16));
export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
export const joined = (...parts: readonly Uint8Array[]): Bytes => Uint8Array.from(parts.flatMap((part) => [...part]));

const utf8 = (text: string): Bytes => new TextEncoder().encode(text);
const uint32 = (value: number): Bytes => Uint8Array.from([24, 16, 8, 0], (shift) => (value >>> shift) & 0xff);
const uuid = (text: string): Bytes => bytesOf(text.replaceAll('-', ''));

/** Each part behind its length. */
const prefixed = (parts: readonly Part[]): Bytes =>
  joined(
    ...parts.flatMap((part) => {
      const bytes = typeof part === 'string' ? utf8(part) : part;
      return [uint32(bytes.length), bytes];
    }),
  );

/** The row that a value stands in, as far as it is bound. */
export interface Row {
  readonly tenant: string;
  readonly record: string;
  readonly keyNumber: number;
  readonly collection: string;
  readonly field: string;
  readonly token: string;
  readonly version: number;
  readonly expiresAt: number | null;
}

export const keyAad = ({ tenant, record, keyNumber }: Row): Bytes =>
  prefixed(['cl1-key', uuid(tenant), uuid(record), String(keyNumber)]);

export const valueAad = (row: Row): Bytes =>
  prefixed([
    'cl1',
    uuid(row.tenant),
    uuid(row.token),
    row.collection,
    row.field,
    String(row.version),
    row.expiresAt === null ? 'never' : String(row.expiresAt),
  ]);

/** A key of the vault's own, from the key-encryption key. */
export async function derived(kek: Bytes, purpose: string): Promise<Bytes> {
  const key = await crypto.subtle.importKey('raw', kek, 'HKDF', false, ['deriveBits']);
  const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: utf8(`cloister vault 1 ${purpose}`) };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
}

export async function kekId(kek: Bytes): Promise<number> {
  return new DataView((await derived(kek, 'kek-id')).buffer).getUint32(0);
}

/** Text, the mark 0x80, and zeros up to a multiple of 32 bytes. */
export function padded(text: string): Bytes {
  const bytes = utf8(text);
  const block = new Uint8Array(Math.ceil((bytes.length + 1) / 32) * 32);
  block.set(bytes);
  block[bytes.length] = 0x80;
  return block;
}

export interface Sealing {
  readonly key: Bytes;
  readonly id: number;
  readonly aad: Bytes;
}

const header = (id: number): Bytes => joined(Uint8Array.of(1, 1), uint32(id));

async function gcm({ key, id, aad }: Sealing, iv: Bytes): Promise<[AesGcmParams, CryptoKey]> {
  const imported = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt', 'decrypt']);
  return [{ name: 'AES-GCM', iv, additionalData: joined(header(id), aad), tagLength: 128 }, imported];
}

export async function sealed(sealing: Sealing, iv: Bytes, plain: Bytes): Promise<Bytes> {
  const [how, key] = await gcm(sealing, iv);
  return joined(header(sealing.id), iv, new Uint8Array(await crypto.subtle.encrypt(how, key, plain)));
}

/** The bytes in an envelope; rejects when it is not what it should be. */
export async function opened(sealing: Sealing, envelope: Bytes): Promise<Bytes> {
  if (hexOf(envelope.subarray(0, 6)) !== hexOf(header(sealing.id))) throw new Error('another header');
  const [how, key] = await gcm(sealing, envelope.slice(6, 18));
  return new Uint8Array(await crypto.subtle.decrypt(how, key, envelope.slice(18)));
}
