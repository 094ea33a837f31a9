import { BenchPage, MODES, VISA } from '../support/bench-page.js';
import { recordRequests } from '../support/requests.js';
import { RevealBench } from '../support/reveal-bench.js';
import { expect, test } from '../support/test.js';

test.use({ worldOptions: { adapter: 'memory' } });

for (const mode of MODES) {
  test(`without a vault: collects and reveals on one page, and asks nobody, ${mode}`, async ({ page, world }) => {
    const requests = recordRequests(page);
    const bench = new BenchPage(page, world);
    await bench.mountCard(mode);
    await bench.fill(VISA, mode);
    const outcome = await bench.submit();
    expect(outcome).toMatchObject({ ok: true, facts: { number: { brand: 'visa', last4: '4242' } } });
    await page.evaluate(() => {
      window.form.unmount();
    });
    const view = new RevealBench(page, world);
    const token = outcome.ok ? (outcome.tokens['number'] ?? '') : '';
    await view.mountHere(mode, [{ token, at: 'number', label: 'Your number' }]);
    expect(await view.show()).toEqual({ ok: true, states: [{ token, status: 'shown' }] });
    await expect(view.value('Your number', mode, 'number')).toHaveText('4242 4242 4242 4242');
    // Frames load from the elements origin; with a vault this record holds its requests too (see collect.spec.ts).
    expect(
      requests.filter(
        (request) => request.startsWith(`GET ${world.elements}/`) && request.endsWith('/coordinator.html'),
      ),
    ).toHaveLength(1);
    expect(requests.filter((request) => request.startsWith('POST') || request.includes(world.vaultUrl))).toEqual([]);
  });
}

test('what the memory holds is gone with the page', async ({ page, world }) => {
  const bench = new BenchPage(page, world);
  await bench.mountCard('one frame');
  await bench.fill(VISA, 'one frame');
  const outcome = await bench.submit();
  const token = outcome.ok ? (outcome.tokens['number'] ?? '') : '';
  const view = new RevealBench(page, world);
  await view.mount('one frame', [{ token, at: 'number', label: 'Your number' }]);
  expect(await view.show()).toEqual({ ok: true, states: [{ token, status: 'failed', code: 'not-found' }] });
});
