import { BenchPage, VISA } from '../support/bench-page.js';
import { expect, test } from '../support/test.js';

test.use({ worldOptions: { limits: { perThumbprint: 2 } } });

test('too many submits of one page: `rate-limited`, and what was typed is kept', async ({ page, world }) => {
  const bench = new BenchPage(page, world);
  await bench.mountCard('one frame');
  await bench.fill(VISA, 'one frame');
  for (let submit = 0; submit < 2; submit += 1) {
    expect(await bench.submit()).toMatchObject({ ok: true });
    // The code is forgotten once it is stored.
    await bench.type('cvc', VISA.cvc, 'one frame');
  }
  expect(await bench.submit()).toEqual({ ok: false, code: 'rate-limited' });
  await expect(bench.input('number', 'one frame')).toHaveValue('4242 4242 4242 4242');
  expect(await bench.state()).toMatchObject({ complete: true });
});
