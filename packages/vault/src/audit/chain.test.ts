import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { headBytes, link, verifyChain, type AuditHead, type AuditRow } from './chain.js';

const macOf = (bytes: Uint8Array): Buffer => createHmac('sha256', 'key').update(bytes).digest();

function chainOf(count: number): AuditRow[] {
  const rows: AuditRow[] = [];
  for (let index = 0; index < count; index += 1)
    rows.push(link(rows.at(-1), index, JSON.stringify({ time: index, what: `event ${String(index)}` })));
  return rows;
}

function headOf(rows: readonly AuditRow[]): AuditHead {
  const last = rows.at(-1);
  if (last === undefined) throw new Error('empty');
  return { seq: last.seq, hash: last.hash, mac: macOf(headBytes(last.seq, last.hash)) };
}

const rows = chainOf(5);
const head = headOf(rows);
const replaced = (index: number, change: Partial<AuditRow>): AuditRow[] =>
  rows.map((row, at) => (at === index ? { ...row, ...change } : row));

/** As somebody with write access but without the key would do it. */
const recomputed = (bodies: readonly string[]): AuditRow[] =>
  bodies.reduce<AuditRow[]>((chain, body, at) => [...chain, link(chain.at(-1), at, body)], []);

describe('audit chain', () => {
  it('holds as it was written', () => {
    expect(verifyChain(rows, head, macOf)).toEqual({ ok: true, rows: 5 });
    expect(verifyChain([], undefined, macOf)).toEqual({ ok: true, rows: 0 });
  });

  it.each<[string, readonly AuditRow[], AuditHead | undefined, number]>([
    ['an edited body', replaced(2, { body: JSON.stringify({ time: 2, what: 'nothing' }) }), head, 3],
    ['an edited hash', replaced(2, { hash: new Uint8Array(32) }), head, 3],
    ['an edited link', replaced(1, { prev: new Uint8Array(32) }), head, 2],
    ['an edited number', replaced(3, { seq: 9 }), head, 4],
    ['an edited time', replaced(3, { at: 99 }), head, 4],
    ['a deleted row', rows.filter((_, at) => at !== 1), head, 2],
    ['a deleted first row', rows.slice(1), head, 1],
    ['two rows exchanged', [rows[0], rows[2], rows[1], rows[3], rows[4]].flatMap((row) => row ?? []), head, 2],
    ['a cut tail', rows.slice(0, 3), head, 4],
    ['everything deleted', [], head, 1],
    ['everything recomputed', recomputed(rows.map(({ body }) => body.replace('event 2', 'event X'))), head, 1],
    ['a row added behind the signed end', [...rows, link(rows.at(-1), 5, '{"time":5}')], head, 6],
    ['a missing head', rows, undefined, 1],
    ['a forged head', rows.slice(0, 3), { ...headOf(rows.slice(0, 3)), mac: new Uint8Array(32) }, 1],
  ])('A91 names the first bad row after %s', (_title, changed, end, firstBad) => {
    expect(verifyChain(changed, end, macOf)).toEqual({ ok: false, firstBad });
  });
});
