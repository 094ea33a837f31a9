import { isWireSafe, WIRE_LIMITS } from './limits.js';

/** How much of a page's messages may still be handled. */
export interface MessageBudget {
  /** Takes one message; `false` when there is nothing left and the message must be dropped. */
  spend(): boolean;
  /** Takes more for a message that was dear. What is missing is owed. */
  charge(messages: number): void;
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
    charge: (messages) => {
      left -= messages;
    },
  };
}

/** A message that arrived. A browser decodes it when `data` is first read, not before: what nobody reads costs nothing. */
export interface Unread {
  readonly data: unknown;
}

/** Sees each message first, and hands on what is let through. */
export type Admit = (message: Unread, pass: (data: unknown) => void) => void;

/** Lets everything through. */
export const admitAll: Admit = (message, pass) => {
  pass(message.data);
};

/** What a millisecond of reading a message costs that is not let through, in messages. */
const PRICE = 10;

/**
 * What a frame lets through from the page: within its budget, within the limits, JSON-like (A44, A45).
 *
 * How dear a message is shows only once the browser has decoded it: a million objects take half a second. So the time goes
 * on the page's account, and after one such message the frame reads nothing for a while. A message within the limits is
 * cheap to read and costs its place only: when reading it takes long, the machine is busy, and the page is not to blame.
 */
export function wireGuard(budget: MessageBudget, now: () => number): Admit {
  return (message, pass) => {
    if (!budget.spend()) return;
    const start = now();
    const { data } = message;
    if (isWireSafe(data, WIRE_LIMITS)) pass(data);
    else budget.charge((now() - start) * PRICE);
  };
}
