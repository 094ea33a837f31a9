import { SEVERITIES } from '../lint/finding.js';
import type { ConfigFinding } from './finding.js';

/** Of one rule in one configuration. */
const MOST = 100;
const LONGEST_MESSAGE = 400;

/** A file that is included twice is told of once, with all levels in which it stands. */
function together(findings: readonly ConfigFinding[]): readonly ConfigFinding[] {
  const known = new Map<string, ConfigFinding>();
  for (const finding of findings) {
    const { rule, place, message } = finding;
    const key = `${rule} ${place.file}:${place.start}:${place.end} ${message}`;
    const before = known.get(key);
    const levels = before === undefined ? finding.levels : [...new Set([...before.levels, ...finding.levels])];
    known.set(key, { ...(before ?? finding), levels });
  }
  return [...known.values()];
}

function capped(findings: readonly ConfigFinding[]): readonly ConfigFinding[] {
  const counts = new Map<string, number>();
  return findings.filter(({ rule }) => {
    const count = (counts.get(rule) ?? 0) + 1;
    counts.set(rule, count);
    return count <= MOST;
  });
}

const clipped = (message: string): string =>
  message.length <= LONGEST_MESSAGE ? message : `${message.slice(0, LONGEST_MESSAGE)}…`;

const byWeight = (one: ConfigFinding, other: ConfigFinding): number =>
  SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) ||
  (one.place.file < other.place.file ? -1 : Number(one.place.file > other.place.file)) ||
  one.place.start - other.place.start;

/** Findings as they are told: each once, the worst first, then by place; no more than 100 of one rule. */
export const arranged = (findings: readonly ConfigFinding[]): readonly ConfigFinding[] =>
  capped(together(findings))
    .map((finding) => ({ ...finding, message: clipped(finding.message) }))
    .sort(byWeight);
