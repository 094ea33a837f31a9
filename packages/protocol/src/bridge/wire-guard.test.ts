import { describe, expect, it } from 'vitest';
import { tokenBucket, wireGuard, type Unread } from './wire-guard.js';

/** A page that posts, and a clock that only the test moves. */
function setUp(): {
  readonly time: { now: number };
  readonly passed: unknown[];
  readonly post: (...messages: readonly unknown[]) => void;
  readonly postDear: (milliseconds: number, data?: unknown) => void;
  readonly reads: () => number;
} {
  const time = { now: 0 };
  const passed: unknown[] = [];
  let reads = 0;
  const clock = (): number => time.now;
  const guard = wireGuard(tokenBucket(10, 10, clock), clock);
  const arrive = (data: unknown, dear = 0): void => {
    const message: Unread = {
      get data() {
        reads += 1;
        time.now += dear;
        return data;
      },
    };
    guard(message, (each) => passed.push(each));
  };
  return {
    time,
    passed,
    post: (...messages) => {
      for (const each of messages) arrive(each);
    },
    postDear: (milliseconds, data = new Map()) => {
      arrive(data, milliseconds);
    },
    reads: () => reads,
  };
}

const many = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

describe('wireGuard', () => {
  it('A44 lets a burst through and then as many as its rate, and does not read the rest', () => {
    const { time, passed, post, reads } = setUp();
    post(...many(50));
    expect(passed).toEqual(many(10));
    expect(reads()).toBe(10);
    time.now = 200;
    post('a', 'b', 'c');
    expect(passed.slice(10)).toEqual(['a', 'b']);
  });

  it('A44 A45 reads nothing for a while after a message that took long to read', () => {
    const { time, passed, post, postDear, reads } = setUp();
    postDear(500);
    const before = reads();
    // 500 ms at ten messages each: 4,991 are owed, and ten are forgiven a second.
    time.now = 499_000;
    post('deaf');
    expect(reads()).toBe(before);
    time.now = 499_700;
    post('heard');
    expect(passed).toEqual(['heard']);
  });

  it('goes on hearing an honest page on a machine that stands still while a message is read', () => {
    const { passed, post, postDear } = setUp();
    postDear(2000, 'late');
    post('next');
    expect(passed).toEqual(['late', 'next']);
  });

  it('A44 A45 drops what is not safe and passes what is', () => {
    const { passed, post } = setUp();
    post(/a/u, { fine: true }, 'x'.repeat(20_000));
    expect(passed).toEqual([{ fine: true }]);
  });
});
