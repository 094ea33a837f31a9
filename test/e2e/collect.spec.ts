import { BenchPage, MODES, VISA } from '../support/bench-page.js';
import { expect, test } from '../support/test.js';

for (const mode of MODES) {
  test.describe(`collecting a card, ${mode}`, () => {
    test('typed with real keys, submitted, and answered with tokens and the disclosed facts', async ({ page, world }) => {
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode);
      await bench.fill(VISA, mode);
      const outcome = await bench.submit();
      expect(outcome).toMatchObject({ ok: true, facts: { number: { brand: 'visa', last4: '4242' } } });
    });
  });
}
