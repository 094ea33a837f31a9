/** How many at once, and how many a second after that. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** A bucket of tokens that fills with time. */
class TokenBucket {
  readonly #rate: Rate;
  #tokens: number;
  #at: number;

  constructor(rate: Rate, now: number) {
    this.#rate = rate;
    this.#tokens = rate.burst;
    this.#at = now;
  }

  /** Takes as many as there are, at most those that are wanted; whole ones. */
  take(wanted: number, now: number): number {
    // A clock that was set back gives nothing.
    const seconds = Math.max(0, now - this.#at) / 1000;
    this.#at = now;
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + seconds * this.#rate.perSecond);
    const taken = Math.min(wanted, Math.floor(this.#tokens));
    this.#tokens -= taken;
    return taken;
  }
}

/** Rates of one sender and of all together, in reports. */
export interface Rates {
  readonly client: Rate;
  readonly all: Rate;
  /** How many senders are remembered. The one that was quiet for longest is forgotten first. */
  readonly clients: number;
}

/**
 * Limits what is taken from one sender and from all.
 *
 * Security: bounded memory. A sender with many names gets a bucket for each, and is held by the one for all.
 */
export class RateLimit {
  readonly #rates: Rates;
  readonly #clients = new Map<string, TokenBucket>();
  readonly #all: TokenBucket;

  constructor(rates: Rates, now: number) {
    this.#rates = rates;
    this.#all = new TokenBucket(rates.all, now);
  }

  /** How many of those that are wanted may come in now. */
  take(client: string, wanted: number, now: number): number {
    return this.#all.take(this.#bucketOf(client, now).take(wanted, now), now);
  }

  #bucketOf(client: string, now: number): TokenBucket {
    const bucket = this.#clients.get(client) ?? new TokenBucket(this.#rates.client, now);
    this.#clients.delete(client);
    this.#clients.set(client, bucket);
    for (const oldest of this.#clients.keys()) {
      if (this.#clients.size <= this.#rates.clients) break;
      this.#clients.delete(oldest);
    }
    return bucket;
  }
}
