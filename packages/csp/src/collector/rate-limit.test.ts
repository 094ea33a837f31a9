import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RateLimit } from './rate-limit.js';

const calls = fc.array(
  fc.record({ client: fc.constantFrom('a', 'b', 'c'), wanted: fc.nat(5), wait: fc.integer({ min: -500, max: 3000 }) }),
  { maxLength: 60 },
);

it('no sender, and no number of them, ever gets more than its burst and its rate', () => {
  fc.assert(
    fc.property(calls, (asked) => {
      const client = { burst: 4, perSecond: 2 };
      const all = { burst: 6, perSecond: 3 };
      const limit = new RateLimit({ client, all, clients: 10 }, 0);
      const taken = new Map<string, number>([['*', 0]]);
      let now = 0;
      // What a clock gains after it was set back counts anew.
      let forward = 0;
      for (const { client: name, wanted, wait } of asked) {
        now += wait;
        forward += Math.max(0, wait);
        const granted = limit.take(name, wanted, now);
        expect(granted).toBeGreaterThanOrEqual(0);
        expect(granted).toBeLessThanOrEqual(wanted);
        taken.set(name, (taken.get(name) ?? 0) + granted);
        taken.set('*', (taken.get('*') ?? 0) + granted);
        expect(taken.get(name)).toBeLessThanOrEqual(client.burst + (client.perSecond * forward) / 1000);
        expect(taken.get('*')).toBeLessThanOrEqual(all.burst + (all.perSecond * forward) / 1000);
      }
    }),
  );
});

it('senders that were quiet for longest are forgotten, so that names cost no memory', () => {
  const rates = { client: { burst: 1, perSecond: 0 }, all: { burst: 100, perSecond: 0 }, clients: 2 };
  const limit = new RateLimit(rates, 0);
  expect(['a', 'b', 'a', 'c', 'a', 'b'].map((client) => limit.take(client, 1, 0))).toEqual([1, 1, 0, 1, 0, 1]);
});
