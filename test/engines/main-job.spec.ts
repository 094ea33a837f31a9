import { FIELDS, MASTERCARD, MODES, VISA } from '../support/bench-page.js';
import { EngineBench } from '../support/engines/engine-bench.js';
import { expect, test } from '../support/engines/engine-test.js';

const UUID = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
const TOKENS = { number: UUID, expiry: UUID, cvc: UUID, name: UUID };

const WRITTEN = { number: '5555 5555 5555 4444', expiry: '09/31', cvc: '902', name: MASTERCARD.name } as const;

for (const mode of MODES) {
  test.describe(`a card, ${mode}`, () => {
    test('is typed with real keys, formatted, swapped for tokens, and shown again by them', async ({ tab, world }) => {
      const bench = new EngineBench(tab, world);
      await bench.mountCard(mode);
      await bench.fill(VISA, mode);
      expect(await Promise.all(FIELDS.map((field) => bench.text(field, mode)))).toEqual([
        '4242 4242 4242 4242',
        '12/30',
        '737',
        'José Nguyễn',
      ]);
      const outcome = await bench.submit();
      expect(outcome).toEqual({
        ok: true,
        record: UUID,
        tokens: TOKENS,
        facts: { number: { brand: 'visa', last4: '4242' } },
      });
      if (!outcome.ok) return;
      const { number, expiry, name } = outcome.tokens;
      expect(await bench.reveal({ number, expiry, name })).toEqual(['shown', 'shown', 'shown']);
      await expect.poll(() => bench.shown()).toEqual(['4242 4242 4242 4242', '12/30', 'José Nguyễn']);
      await tab.run(() => {
        window.view.hide();
      });
      await expect.poll(() => bench.shown()).toEqual(['••••••••', '••••••••', '••••••••']);
    });

    test('is walked through by Tab and back by Shift+Tab, and paid with by Enter', async ({ tab, world }) => {
      const bench = new EngineBench(tab, world);
      await bench.mountCard(mode);
      await tab.run(() => {
        window.form.on('enter', ({ field }) => {
          void window.form.submit().then(({ record }) => {
            document.title = `${field} paid ${String(record.length)}`;
          });
        });
      });
      await tab.click([], '#before');
      for (const field of FIELDS) {
        await tab.press('Tab');
        // Keys that are sent before the focus has moved from one process to another are lost.
        const [place, selector] = bench.at(field, mode);
        await tab.until(place, (css) => document.hasFocus() && document.activeElement?.matches(css) === true, selector);
        await tab.type(MASTERCARD[field]);
        await expect.poll(() => bench.text(field, mode)).toBe(WRITTEN[field]);
      }
      await tab.press('Tab');
      await tab.until([], () => document.activeElement?.id === 'after');
      for (const _ of FIELDS) await tab.press('Tab', 'Shift');
      await tab.until([], () => window.form.state.fields['number']?.focused === true);
      await tab.press('Enter');
      await tab.until([], () => document.title === 'number paid 36');
    });

    test('with mistakes is not sent: each field says what is wrong, and can be corrected', async ({ tab, world }) => {
      const bench = new EngineBench(tab, world);
      await bench.mountCard(mode);
      await bench.type('number', '4242424242424241', mode);
      await bench.type('expiry', '0120', mode);
      expect(await bench.submit()).toEqual({ ok: false, code: 'invalid' });
      await expect
        .poll(() => Promise.all(FIELDS.map((field) => bench.error(field, mode))))
        .toEqual([
          expect.stringMatching(/./u),
          expect.stringMatching(/./u),
          expect.stringMatching(/./u),
          expect.stringMatching(/./u),
        ]);
      await bench.focus('number', mode);
      await tab.press('End');
      await tab.press('Backspace');
      await tab.type('2');
      await tab.press('Tab');
      await expect.poll(() => bench.error('number', mode)).toBe('');
      await bench.focus('expiry', mode);
      for (let left = 0; left < 6; left += 1) await tab.press('Backspace');
      await tab.type('1230');
      await bench.type('cvc', '737', mode);
      await bench.type('name', 'Li', mode);
      expect(await bench.submit()).toMatchObject({ ok: true });
    });
  });
}
