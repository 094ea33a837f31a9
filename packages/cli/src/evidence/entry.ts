import { createHash } from 'node:crypto';
import type { WatchFinding } from '@cloister/csp';
import { anyOf, array, decode, integer, literal, object, oneOf, string, type Infer } from '@cloister/protocol';

const text = (max: number) => string({ max });
const WHEN = text(40);
const HASH = string({ min: 64, max: 64 });

const found = object({
  problem: oneOf(['added', 'changed', 'gone']),
  kind: text(40),
  name: text(4000),
  before: array(text(20_000), { max: 200 }),
  after: text(20_000),
  note: text(10_000),
  loads: integer(0, 1_000_000),
  of: integer(0, 1_000_000),
  profiles: array(text(40), { max: 20 }),
});

const cycle = object({
  type: literal('cycle'),
  at: WHEN,
  page: text(2000),
  loads: integer(0, 1_000_000),
  scripts: array(object({ src: text(4000), hash: text(120), kind: text(40) }), { max: 5000 }),
  findings: array(found, { max: 5000 }),
});

const approval = object({
  type: literal('approval'),
  at: WHEN,
  page: text(2000),
  by: text(200),
  because: text(2000),
  /** SHA-256 of the baseline that was approved, in hex. */
  baseline: HASH,
  findings: array(found, { max: 5000 }),
});

const line = object({
  number: integer(1, 1_000_000_000),
  /** SHA-256 of the line before as it stands, in hex; zeros before the first. */
  previous: HASH,
  entry: anyOf([cycle, approval]),
});

export type Found = Infer<typeof found>;
export type Cycle = Infer<typeof cycle>;
export type Approved = Infer<typeof approval>;
export type Entry = Cycle | Approved;
export type Line = Infer<typeof line>;

/** What the first line follows on. */
export const NOTHING = '0'.repeat(64);

export const sha256 = (value: string): string => createHash('sha256').update(value, 'utf8').digest('hex');

/** What is kept of a finding: pages choose names and values, and shall not choose the size of the evidence. */
export const kept = (finding: WatchFinding): Found => ({
  ...finding,
  name: finding.name.slice(0, 4000),
  before: finding.before.slice(0, 200).map((value) => value.slice(0, 20_000)),
  after: finding.after.slice(0, 20_000),
  note: finding.note.slice(0, 10_000),
  profiles: [...finding.profiles],
});

/** Reads a line; `undefined` when it is none. */
export function readLine(written: string): Line | undefined {
  try {
    const read = decode(line, JSON.parse(written));
    return read.ok ? read.value : undefined;
  } catch {
    return undefined;
  }
}
