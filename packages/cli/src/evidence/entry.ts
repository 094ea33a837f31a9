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

/** Of one cycle. Whoever needs more has a page that is another one. */
const MOST_FINDINGS = 1000;
const MOST_SCRIPTS = 5000;
const LONGEST = { name: 2000, value: 8192, note: 2000 } as const;

/** What is kept of a finding: pages choose names and values, and shall not choose the size of the evidence. */
const keptOne = (finding: WatchFinding): Found => ({
  ...finding,
  name: finding.name.slice(0, LONGEST.name),
  before: finding.before.slice(0, 200).map((value) => value.slice(0, LONGEST.value)),
  after: finding.after.slice(0, LONGEST.value),
  note: finding.note.slice(0, LONGEST.note),
  profiles: [...finding.profiles],
});

const more = (count: number): Found => ({
  problem: 'added',
  kind: 'more',
  name: `${String(count)} more differences`,
  before: [],
  after: '',
  note: '',
  loads: 0,
  of: 0,
  profiles: [],
});

/** What is kept of all findings of a cycle, and how many more there were. */
export function kept(findings: readonly WatchFinding[]): readonly Found[] {
  const left = findings.length - MOST_FINDINGS;
  return [...findings.slice(0, MOST_FINDINGS).map(keptOne), ...(left > 0 ? [more(left)] : [])];
}

/** Within the bounds of a line: one that cannot be read again would end the chain. */
export function bounded(entry: Entry): Entry {
  const page = entry.page.slice(0, 2000);
  if (entry.type === 'approval') return { ...entry, page };
  const scripts = entry.scripts.slice(0, MOST_SCRIPTS).map((script) => ({ ...script, src: script.src.slice(0, 4000) }));
  return { ...entry, page, scripts };
}

/** Reads a line; `undefined` when it is none. */
export function readLine(written: string): Line | undefined {
  try {
    const read = decode(line, JSON.parse(written));
    return read.ok ? read.value : undefined;
  } catch {
    return undefined;
  }
}
