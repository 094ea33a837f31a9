import { timingSafeEqual } from 'node:crypto';
import { blob, type Row } from './rows.js';

/** Makes MACs for one purpose, with a key that is not in the database. */
export type MacOf = (bytes: Uint8Array) => Uint8Array;

/** The row's content, if its `mac` is that of this content. */
export function authentic<T>(row: Row, content: T, expected: Uint8Array): T | 'tampered' {
  const mac = blob(row, 'mac');
  return mac.length === expected.length && timingSafeEqual(mac, expected) ? content : 'tampered';
}
