import { setTimeout } from 'node:timers/promises';
import { CliFailure } from '../failure.js';

/**
 * Waits for something that a page must answer for, but not for ever.
 *
 * Security: a page that keeps its thread busy answers nothing, and would silence whoever watches it.
 *
 * @throws CliFailure `unreachable`
 */
export async function within<T>(milliseconds: number, url: string, work: Promise<T>): Promise<T> {
  const calm = new AbortController();
  const late = setTimeout(milliseconds, undefined, { signal: calm.signal }).then((): never => {
    throw new CliFailure('unreachable', `${url} gave no answer for ${String(Math.round(milliseconds / 1000))} seconds`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    late.catch(() => undefined);
    calm.abort();
  }
}
