import type { Attempt } from './attempt.js';
import { INJECTIONS } from './injections.js';
import { SENDINGS } from './sendings.js';

/** All attempts, in the order in which they are tried: those that leave the page come last. */
export const ATTEMPTS: readonly Attempt[] = [...INJECTIONS, ...SENDINGS];

/** What became of one. */
export interface Outcome {
  readonly attempt: Attempt;
  readonly stopped: boolean;
  /** The directive that the browser named, where it did. */
  readonly directive: string | undefined;
}

/** How a page did. */
export interface DrillScore {
  readonly stopped: number;
  readonly of: number;
  /** Those that got through, though a directive can stop them. */
  readonly avoidable: readonly Outcome[];
  /** Those that got through, and that no policy stops. */
  readonly unstoppable: readonly Outcome[];
}

/** Counts what got through, apart from what no policy can stop. */
export function score(outcomes: readonly Outcome[]): DrillScore {
  const through = outcomes.filter(({ stopped }) => !stopped);
  return {
    stopped: outcomes.length - through.length,
    of: outcomes.length,
    avoidable: through.filter(({ attempt }) => attempt.stoppedBy.length > 0),
    unstoppable: through.filter(({ attempt }) => attempt.stoppedBy.length === 0),
  };
}
