import { sha256 } from '../crypto/bytes.js';

/** One link of the audit chain. `body` is canonical JSON. */
export interface AuditRow {
  readonly seq: number;
  readonly at: number;
  readonly body: string;
  readonly prev: Uint8Array;
  readonly hash: Uint8Array;
}

/** The end of the chain, signed with a key that is not in the database. */
export interface AuditHead {
  readonly seq: number;
  readonly hash: Uint8Array;
  readonly mac: Uint8Array;
}

/** Whether the chain holds; if not, the first row that is wrong. */
export type AuditVerdict =
  { readonly ok: true; readonly rows: number } | { readonly ok: false; readonly firstBad: number };

/** What stands before the first row. */
export const GENESIS: Uint8Array = new Uint8Array(32);

export const linkHash = (prev: Uint8Array, body: string): Buffer => sha256(prev, body);

/** The next row after the given one. */
export function link(last: AuditRow | undefined, at: number, body: string): AuditRow {
  const prev = last?.hash ?? GENESIS;
  return { seq: (last?.seq ?? 0) + 1, at, body, prev, hash: linkHash(prev, body) };
}

/** What the head's MAC is taken over. */
export function headBytes(seq: number, hash: Uint8Array): Buffer {
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(BigInt(seq));
  return Buffer.concat([number, hash]);
}

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.from(a).equals(b);

function timeOf(body: string): unknown {
  try {
    const event: unknown = JSON.parse(body);
    return typeof event === 'object' && event !== null && 'time' in event ? event.time : undefined;
  } catch {
    return undefined;
  }
}

const bad = (firstBad: number): AuditVerdict => ({ ok: false, firstBad });

function verifyRows(rows: readonly AuditRow[]): AuditVerdict {
  let last: AuditRow | undefined;
  for (const row of rows) {
    const expected = link(last, row.at, row.body);
    const holds = row.seq === expected.seq && same(row.prev, expected.prev) && same(row.hash, expected.hash);
    if (!holds || timeOf(row.body) !== row.at) return bad(expected.seq);
    last = row;
  }
  return { ok: true, rows: rows.length };
}

/** The rows hold by themselves; do they end where the head says? */
function verifyEnd(rows: readonly AuditRow[], head: AuditHead): AuditVerdict {
  if (head.seq !== rows.length) return bad(Math.min(head.seq, rows.length) + 1);
  const last = rows.at(-1);
  return last !== undefined && same(head.hash, last.hash) ? { ok: true, rows: rows.length } : bad(1);
}

/**
 * Walks the whole chain (A91): an edited, removed, added or moved row breaks it at that row; a cut tail, or a chain that
 * was recomputed without the key, is caught by the signed head.
 *
 * Security: whoever has both the database and the key file, or restores an older copy of everything, is not caught. Ship
 * the head to another place for that.
 *
 * @param macOf - MAC of `headBytes` by the vault's key.
 */
export function verifyChain(
  rows: readonly AuditRow[],
  head: AuditHead | undefined,
  macOf: (bytes: Uint8Array) => Uint8Array,
): AuditVerdict {
  const verdict = verifyRows(rows);
  if (!verdict.ok) return verdict;
  if (head === undefined) return rows.length === 0 ? verdict : bad(1);
  return same(head.mac, macOf(headBytes(head.seq, head.hash))) ? verifyEnd(rows, head) : bad(1);
}
