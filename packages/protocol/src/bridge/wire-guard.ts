import { isWireSafe, WIRE_LIMITS } from './limits.js';

/** How many messages may still be handled. */
export interface MessageBudget {
  /** Takes one; `false` when there is none left and the message must be dropped. */
  spend(): boolean;
}

/**
 * A token bucket: bursts of `burst` messages, refilled with `perSecond`. `now` is a clock in milliseconds.
 * Excess messages are dropped unread, so a flood costs the frame nothing but the browser's own delivery (A44).
 */
export function tokenBucket(burst: number, perSecond: number, now: () => number): MessageBudget {
  let left = burst;
  let last = now();
  return {
    spend: () => {
      const time = now();
      left = Math.min(burst, left + ((time - last) * perSecond) / 1000);
      last = time;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}

/** What a frame lets through from the page: within its budget, within the limits, JSON-like (A44, A45). */
export function wireGuard(budget: MessageBudget): (data: unknown) => boolean {
  return (data) => budget.spend() && isWireSafe(data, WIRE_LIMITS);
}
