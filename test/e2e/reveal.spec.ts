import { MODES, VISA } from '../support/bench-page.js';
import { HIDDEN, NUMBER, paidCard } from '../support/paid-card.js';
import { RevealBench, type Shown } from '../support/reveal-bench.js';
import { expect, test } from '../support/test.js';

const statuses = async (bench: RevealBench): Promise<readonly string[]> =>
  (await bench.states()).map(({ status }) => status);

for (const mode of MODES) {
  test.describe(`revealing on another page, ${mode === 'one frame' ? mode : 'a frame per value'}`, () => {
    test('shows what was typed, and tells the page only that it is shown', async ({ page, world }) => {
      const shown = await paidCard(page, world);
      const bench = new RevealBench(page, world);
      await bench.mount(mode, shown);
      const number = bench.value(NUMBER, mode, 'number');
      await expect(number).toHaveText(HIDDEN);
      expect(await statuses(bench)).toEqual(['hidden', 'hidden', 'hidden']);
      const outcome = await bench.show();
      expect(outcome).toEqual({ ok: true, states: shown.map(({ token }) => ({ token, status: 'shown' })) });
      await expect(number).toHaveText('4242 4242 4242 4242');
      await expect(bench.value('Its date', mode, 'expiry')).toHaveText('12/30');
      await expect(bench.value('Its name', mode, 'name')).toHaveText('José Nguyễn');
      await expect.poll(() => statuses(bench)).toEqual(['shown', 'shown', 'shown']);
    });

    test('hides on request, and shows again with another session', async ({ page, world }) => {
      const bench = new RevealBench(page, world);
      await bench.mount(mode, await paidCard(page, world));
      const number = bench.value(NUMBER, mode, 'number');
      await bench.show();
      await expect(number).toHaveText('4242 4242 4242 4242');
      await bench.hide();
      await expect(number).toHaveText(HIDDEN);
      await expect.poll(() => statuses(bench)).toEqual(['hidden', 'hidden', 'hidden']);
      await bench.show();
      await expect(number).toHaveText('4242 4242 4242 4242');
    });

    test('hides by itself when its time is over', async ({ page, world }) => {
      const bench = new RevealBench(page, world);
      await bench.mount(mode, await paidCard(page, world, { hideAfter: 1 }));
      const number = bench.value(NUMBER, mode, 'number');
      // It may be hidden again before we look, so the page's own record says that it was shown.
      await page.evaluate(() => {
        window.values[0]?.on('change', ({ status }) => {
          document.body.append(`<${status}>`);
        });
      });
      await bench.show();
      await expect(page.locator('body')).toContainText('<shown><hidden>');
      await expect(number).toHaveText(HIDDEN);
    });

    test('copies the digits without their spaces, and says so', async ({ page, context, world }) => {
      await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: world.shop });
      await context.grantPermissions(['clipboard-write'], { origin: world.elements });
      const [number] = await paidCard(page, world, { copy: true });
      if (number === undefined) throw new Error('nothing to show');
      const bench = new RevealBench(page, world);
      await bench.mount(mode, [number]);
      const button = bench.copyButton(mode, 'number');
      await expect(button).toBeHidden();
      await bench.show();
      await expect(button).toBeEnabled();
      await button.click();
      await expect(button).toHaveText('Copied');
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(VISA.number);
    });

    test('a token that nobody may see fails alone, with its code', async ({ page, world }) => {
      const shown = await paidCard(page, world);
      const unknown: Shown = { token: '00000000-0000-4000-8000-000000000000', at: 'cvc', label: 'Not there' };
      const bench = new RevealBench(page, world);
      await bench.mount(mode, [...shown, unknown]);
      const outcome = await bench.show();
      const states = outcome.ok ? outcome.states : [];
      expect(states.map(({ status, code }) => [status, code])).toEqual([
        ['shown', undefined],
        ['shown', undefined],
        ['shown', undefined],
        ['failed', 'not-found'],
      ]);
      await expect(bench.value(NUMBER, mode, 'number')).toHaveText('4242 4242 4242 4242');
      await expect(bench.value('Not there', mode, 'cvc')).toHaveText('Could not be shown');
    });
  });
}

test.describe('hiding when nobody can look', () => {
  test('A58 hides when its page is left', async ({ page, world }) => {
    const bench = new RevealBench(page, world);
    await bench.mount('one frame', await paidCard(page, world));
    await bench.show();
    const number = bench.value(NUMBER, 'one frame', '');
    await expect(number).toHaveText('4242 4242 4242 4242');
    // The document's own event, as the browser sends it when a page goes into the back/forward cache.
    await number.evaluate(() => window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
    await expect(number).toHaveText(HIDDEN);
  });

  test('A49 hides when it is scrolled out of sight, and does not show there', async ({ page, world }) => {
    const bench = new RevealBench(page, world);
    await bench.mount('one frame', await paidCard(page, world));
    await bench.show();
    const number = bench.value(NUMBER, 'one frame', '');
    await expect(number).toHaveText('4242 4242 4242 4242');
    await page.evaluate(() => {
      document.body.style.paddingTop = '4000px';
    });
    await expect(number).toHaveText(HIDDEN);
    const outcome = await bench.show();
    expect(outcome.ok && outcome.states.map(({ code }) => code)).toEqual(['hidden', 'hidden', 'hidden']);
    await expect(number).toHaveText('Could not be shown');
  });
});
