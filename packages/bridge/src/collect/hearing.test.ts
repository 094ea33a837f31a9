import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Hearing } from './hearing.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Whether a promise is settled by now. */
async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  void promise.then(() => {
    settled = true;
  });
  await Promise.resolve();
  await Promise.resolve();
  await Promise.resolve();
  return settled;
}

describe('hearing', () => {
  it.each([
    { heard: 0, count: 0, now: true },
    { heard: 0, count: 1, now: false },
    { heard: 2, count: 1, now: true },
    { heard: 2, count: 2, now: true },
    { heard: 2, count: 3, now: false },
  ])('of $heard, $count were heard: $now', async ({ heard, count, now }) => {
    const hearing = new Hearing();
    for (let index = 0; index < heard; index += 1) hearing.next();
    expect(await isSettled(hearing.atLeast(count))).toBe(now);
  });

  it('resolves each who waits with the one that he waits for, and leaves no timer', async () => {
    const hearing = new Hearing();
    const first = hearing.atLeast(1);
    const third = hearing.atLeast(3);
    hearing.next();
    expect(await isSettled(first)).toBe(true);
    hearing.next();
    expect(await isSettled(third)).toBe(false);
    hearing.next();
    expect(await isSettled(third)).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('A44 does not wait for what a frame says that it told and never did', async () => {
    const waiting = new Hearing().atLeast(Number.MAX_SAFE_INTEGER);
    vi.advanceTimersByTime(999);
    expect(await isSettled(waiting)).toBe(false);
    vi.advanceTimersByTime(1);
    expect(await isSettled(waiting)).toBe(true);
  });
});
