import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { collecting, post, report } from './test-support/reports.js';

/** Bytes that are in use once what nobody needs is gone. */
function used(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') Reflect.apply(collect, undefined, []);
  return process.memoryUsage().heapUsed;
}

it('a report that is kept in part keeps nothing else of its body in memory', async () => {
  let now = 0;
  const { collector } = collecting({ now: () => (now += 1000), sink: () => undefined });
  const letters = (count: number): string =>
    String(count).replaceAll(/\d/gu, (digit) => 'abcdefghij'.charAt(Number(digit)));
  const before = used();
  for (let count = 0; count < 200; count += 1) {
    const body = {
      id: letters(count),
      message: 'x'.repeat(60_000),
      sourceFile: `https://a.example/${'y'.repeat(3000)}`,
    };
    await collector.answer(post([report('deprecation', body)]), String(count));
  }
  expect(collector.groups()).toHaveLength(200);
  expect(used() - before).toBeLessThan(4_000_000);
});
