import { isAddressOf } from './address.js';
import type { Approval, Approvals } from './approvals.js';
import type { Inventory, RanScript } from './inventory.js';

/** What is wrong with the scripts of a page, against what was approved. */
export type ScriptFinding =
  /** Nobody approved it. */
  | { readonly problem: 'unknown'; readonly script: RanScript }
  /** It is approved, with another content. */
  | { readonly problem: 'changed'; readonly script: RanScript; readonly approval: string }
  /** The day of its review has passed. */
  | { readonly problem: 'expired'; readonly approval: string; readonly review: string }
  /** It is approved and did not run: perhaps it is gone. */
  | { readonly problem: 'absent'; readonly approval: string };

const covers = ({ match: { src, below, hash } }: Approval, script: RanScript): boolean => {
  if (src !== undefined) return isAddressOf(src, script);
  if (below !== undefined) return script.src.startsWith(below);
  return script.src === '' && script.hash === hash;
};

const isPinned = ({ integrity, match: { hash }, hashes = [] }: Approval, script: RanScript): boolean =>
  integrity === 'evergreen' || hash === script.hash || hashes.includes(script.hash);

function judge(script: RanScript, approvals: readonly Approval[]): ScriptFinding | undefined {
  const covering = approvals.filter((approval) => covers(approval, script));
  const [first] = covering;
  if (first === undefined) return { problem: 'unknown', script };
  return covering.some((approval) => isPinned(approval, script))
    ? undefined
    : { problem: 'changed', script, approval: first.id };
}

/**
 * Compares what ran with what may run.
 *
 * @param today as `2026-11-22`, by the clock of whoever asks.
 */
export function compareScripts(
  { scripts }: Inventory,
  { scripts: approved }: Approvals,
  today: string,
): readonly ScriptFinding[] {
  return [
    ...scripts.flatMap((script) => judge(script, approved) ?? []),
    ...approved
      .filter(({ review }) => review < today)
      .map(({ id, review }): ScriptFinding => ({ problem: 'expired', approval: id, review })),
    ...approved
      .filter((approval) => !scripts.some((script) => covers(approval, script)))
      .map(({ id }): ScriptFinding => ({ problem: 'absent', approval: id })),
  ];
}

/** Findings that a payment page must not go on with; what is merely absent is a note. */
export const isAlarm = ({ problem }: ScriptFinding): boolean => problem !== 'absent';
