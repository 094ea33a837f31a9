import { isIPv6 } from 'node:net';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { VaultLimits } from '../options.js';
import { Refusal } from '../service/refusal.js';

const SECONDS = 60;

/** The address that a budget belongs to. Whoever has one IPv6 address has its /64 (A99). */
export function addressKey(ip: string): string {
  if (!isIPv6(ip)) return ip;
  const [low = '', high] = ip.split('::');
  const head = low === '' ? [] : low.split(':');
  const tail = high === undefined || high === '' ? [] : high.split(':');
  const last = tail.at(-1) ?? head.at(-1) ?? '';
  // IPv4 in IPv6 (`::ffff:192.0.2.1`) is one address, not a network.
  if (last.includes('.')) return last;
  const gap = high === undefined ? [] : Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0');
  return [...head, ...gap, ...tail]
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':');
}

/** A refusal for want of budget. Only the first of a window is worth an audit row: a flood must not fill the disk. */
export class RateRefusal extends Refusal {
  readonly first: boolean;

  constructor(result: RateLimiterRes, limit: number, cost: number) {
    super('rate-limited', 'rate', { retryAfter: Math.max(1, Math.ceil(result.msBeforeNext / 1000)) });
    this.first = result.consumedPoints - cost <= limit;
  }
}

/** Takes from a caller's budget; rejects with a `RateRefusal` when there is not enough. */
export type Budget = (key: string, cost?: number) => Promise<void>;

function budget(points: number): Budget {
  const limiter = new RateLimiterMemory({ points, duration: SECONDS });
  return async (key, cost = 1) => {
    try {
      await limiter.consume(key, cost);
    } catch (error) {
      if (error instanceof RateLimiterRes) throw new RateRefusal(error, points, cost);
      throw error;
    }
  };
}

/** The budgets of one vault. */
export interface Budgets {
  readonly address: Budget;
  readonly thumbprint: Budget;
  readonly account: Budget;
  readonly tokens: Budget;
}

export const makeBudgets = (limits: VaultLimits): Budgets => ({
  address: budget(limits.perAddress),
  thumbprint: budget(limits.perThumbprint),
  account: budget(limits.perAccount),
  tokens: budget(limits.tokensPerAccount),
});
