/**
 * What somebody tries who got a script into a page: each attempt is one line of script, run in the page as he would run it. `check` runs them
 * in a browser and sees which the page's policy stops; the table says by what, so that a policy can be judged and not only graded.
 */

/** What the attempt is for. */
export type AttemptKind =
  /** To get (more) code to run. */
  | 'run'
  /** To send out what it read. */
  | 'send';

/** One attempt. */
export interface Attempt {
  readonly id: string;
  readonly kind: AttemptKind;
  /** As people say it. */
  readonly title: string;
  /**
   * Script, in which `to` is an address of the attacker's that has the loot in it (`send`), or that answers a script that sets
   * `globalThis[mark]` (`run`). It may be a promise; what it throws counts as refused.
   */
  readonly code: string;
  /** Directives that can stop it; empty where no policy can. */
  readonly stoppedBy: readonly string[];
}
