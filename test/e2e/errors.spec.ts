import { BenchPage, FIELDS, LABELS, MODES, VISA, type FieldName } from '../support/bench-page.js';
import { recordRequests } from '../support/requests.js';
import { expect, test } from '../support/test.js';

/** What a shopper types, and what he reads when he has left the field. */
const WRONG: readonly (readonly [field: FieldName, typed: string, error: string])[] = [
  ['number', '4242 42', 'This is not complete yet.'],
  ['number', '4242424242424241', 'Check the card number: a digit may be wrong.'],
  ['number', '42424242424242', 'Check the card number: it has too many or too few digits.'],
  ['expiry', '1', 'This is not complete yet.'],
  ['expiry', '0030', 'The month must be between 01 and 12.'],
  ['expiry', '0121', 'This card has expired.'],
  ['expiry', '1299', 'This date is too far in the future.'],
  ['cvc', '12', 'This is not complete yet.'],
  ['name', '12 34', 'Some of these characters cannot be used here.'],
];

for (const mode of MODES) {
  test.describe(`input that is not right, ${mode}`, () => {
    test('each mistake has its words under its own field, and goes away as soon as the field is empty again', async ({
      page,
      world,
    }) => {
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode);
      for (const [field, typed, error] of WRONG) {
        const input = bench.input(field, mode);
        await bench.type(field, typed, mode);
        await expect(bench.error(field, mode), `${field} ${typed}: nothing while it is typed`).toHaveText('');
        await page.locator('#after').click();
        await expect(bench.error(field, mode), `${field} ${typed}`).toHaveText(error);
        await expect(input).toHaveAttribute('aria-invalid', 'true');
        for (const other of FIELDS.filter((name) => name !== field))
          await expect(bench.error(other, mode)).toHaveText('');
        await page.evaluate((name) => window.form.field(name).clear(), field);
        await expect(input).toHaveValue('');
        await expect(bench.error(field, mode)).toHaveText('');
        await expect(input).toHaveAttribute('aria-invalid', 'false');
      }
    });

    test('an empty form: every field says that it is needed, the first gets the focus, nothing is sent', async ({
      page,
      world,
    }) => {
      const bench = new BenchPage(page, world);
      const requests = recordRequests(page);
      await bench.mountCard(mode);
      expect(await bench.submit()).toEqual({ ok: false, code: 'invalid' });
      for (const field of FIELDS) await expect(bench.error(field, mode)).toHaveText('Fill this in.');
      await page.keyboard.type('4');
      await expect(bench.input('number', mode)).toHaveValue('4');
      expect(requests.filter((request) => request.startsWith('GET') && request.includes('/collect.html'))).not.toEqual(
        [],
      );
      expect(requests.filter((request) => request.includes('/session') || request.includes(world.vaultUrl))).toEqual(
        [],
      );
    });

    test('the focus goes to the first field that is wrong, past those that are right', async ({ page, world }) => {
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode);
      await bench.fill({ ...VISA, cvc: '7' }, mode);
      expect(await bench.submit()).toEqual({ ok: false, code: 'invalid' });
      await expect(bench.error('cvc', mode)).toHaveText('This is not complete yet.');
      await page.keyboard.press('End');
      await page.keyboard.type('37');
      await expect(bench.input('cvc', mode)).toHaveValue('737');
      expect(await bench.submit()).toMatchObject({ ok: true });
    });

    test('an error goes away while it is being corrected, and its words are announced once', async ({
      page,
      world,
    }) => {
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode);
      await bench.type('number', '4242424242424241', mode);
      const error = bench.error('number', mode);
      await expect(error).toHaveAttribute('aria-live', 'polite');
      await page.locator('#after').click();
      await expect(error).toHaveText('Check the card number: a digit may be wrong.');
      await bench.input('number', mode).focus();
      await page.keyboard.press('End');
      await page.keyboard.press('Backspace');
      await expect(error).toHaveText('');
      await expect(bench.input('number', mode)).toHaveAttribute('aria-invalid', 'false');
      await page.keyboard.type('2');
      await expect.poll(async () => (await bench.state()).fields['number']?.status).toBe('valid');
      await expect(error).toHaveText('');
    });

    test('the shopper reads the page’s own words, and the page hears codes', async ({ page, world }) => {
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode, { look: { messages: { required: 'Bitte ausfüllen.' }, locale: 'de' } });
      await bench.submit();
      await expect(bench.error('name', mode)).toHaveText('Bitte ausfüllen.');
      expect((await bench.state()).fields['name']).toMatchObject({ status: 'empty', error: 'required', touched: true });
    });

    test('what assistive technology is told: label, description, state', async ({ page, world }) => {
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode, { texts: { cvc: { help: 'On the back.' } } });
      await bench.submit();
      const { cvc } = LABELS;
      const input = bench.input('cvc', mode);
      await expect(input).toHaveRole('textbox');
      await expect(input).toHaveAccessibleName(cvc);
      await expect(input).toHaveAccessibleDescription('On the back. Fill this in.');
      await expect(input).toHaveAttribute('aria-required', 'true');
      await expect(bench.field('cvc', mode)).toMatchAriaSnapshot(`
        - text: Security code
        - textbox "Security code" [invalid]
        - paragraph: On the back.
        - paragraph: Fill this in.
      `);
      await expect(bench.input('number', mode)).toHaveAttribute('autocomplete', 'cc-number');
      await expect(bench.input('number', mode)).toHaveAttribute('inputmode', 'numeric');
      const title = mode === 'one frame' ? Object.values(LABELS).join(', ') : cvc;
      await expect(page.locator(`#${mode === 'one frame' ? 'card' : 'cvc'} iframe`)).toHaveAttribute(
        'title',
        `Secure input: ${title}`,
      );
    });
  });
}
