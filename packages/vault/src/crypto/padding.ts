const BLOCK = 32;
const MARK = 0x80;

/**
 * ISO/IEC 7816-4 padding to a multiple of 32 bytes, before sealing: the length of a ciphertext would otherwise tell a
 * four-digit security code from a three-digit one, and one name from another.
 */
export function pad(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const padded = Buffer.alloc(Math.ceil((bytes.length + 1) / BLOCK) * BLOCK);
  bytes.copy(padded);
  padded[bytes.length] = MARK;
  bytes.fill(0);
  return padded;
}

/** The text that `pad` was given; `undefined` for anything else. */
export function unpad(padded: Buffer): string | undefined {
  const mark = padded.lastIndexOf(MARK);
  if (mark < 0 || !padded.subarray(mark + 1).every((byte) => byte === 0)) return undefined;
  return padded.toString('utf8', 0, mark);
}
