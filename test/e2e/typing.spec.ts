import type { Page } from '@playwright/test';
import { BenchPage, MODES, type FieldName, type Mode } from '../support/bench-page.js';
import { expect, test } from '../support/test.js';

/** Keys pressed one after the other in a field, and the line with its caret that they leave. */
interface Keys {
  readonly title: string;
  readonly field: FieldName;
  readonly typed: string;
  readonly keys: readonly string[];
  readonly line: string;
}

const times = (count: number, key: string): readonly string[] => Array<string>(count).fill(key);

const EDITS: readonly Keys[] = [
  { title: 'groups of four', field: 'number', typed: '4242424242424242', keys: [], line: '4242 4242 4242 4242|' },
  { title: 'groups of an Amex', field: 'number', typed: '378282246310005', keys: [], line: '3782 822463 10005|' },
  {
    title: 'no more digits than a Visa has',
    field: 'number',
    typed: '42424242424242424242',
    keys: [],
    line: '4242 4242 4242 4242 424|',
  },
  { title: 'letters are not taken', field: 'number', typed: '42a4-2', keys: [], line: '4242|' },
  {
    title: 'a digit in the middle',
    field: 'number',
    typed: '42424242',
    keys: ['Home', ...times(2, 'ArrowRight'), '9'],
    line: '429|4 2424 2',
  },
  {
    title: 'a digit before a space',
    field: 'number',
    typed: '42424242',
    keys: ['Home', ...times(4, 'ArrowRight'), '9'],
    line: '4242 9|424 2',
  },
  {
    title: 'Backspace in the middle',
    field: 'number',
    typed: '42425678',
    keys: ['Home', ...times(7, 'ArrowRight'), 'Backspace'],
    line: '4242 5|78',
  },
  {
    title: 'Backspace over a space',
    field: 'number',
    typed: '42435678',
    keys: ['Home', ...times(5, 'ArrowRight'), 'Backspace'],
    line: '424|5 678',
  },
  {
    title: 'Delete before a space',
    field: 'number',
    typed: '42435678',
    keys: ['Home', ...times(4, 'ArrowRight'), 'Delete'],
    line: '4243 |678',
  },
  { title: 'select all and replace', field: 'number', typed: '4242424242424242', keys: ['Control+A', '5'], line: '5|' },
  {
    title: 'replace a selection',
    field: 'number',
    typed: '42425678',
    keys: ['Home', ...times(3, 'Shift+ArrowRight'), '9'],
    line: '9|256 78',
  },
  { title: 'undo a run of keys', field: 'number', typed: '4242', keys: ['Control+Z'], line: '|' },
  {
    title: 'undo a replacement',
    field: 'number',
    typed: '42424242',
    keys: ['Control+A', 'Delete', 'Control+Z'],
    line: '[4242 4242]',
  },
  {
    title: 'redo',
    field: 'number',
    typed: '424256',
    keys: ['Backspace', 'Control+Z', 'Control+Shift+Z'],
    line: '4242 5|',
  },
  { title: 'a date gets its slash', field: 'expiry', typed: '1230', keys: [], line: '12/30|' },
  { title: 'a month of one digit', field: 'expiry', typed: '5', keys: [], line: '05/|' },
  { title: 'a slash that is typed', field: 'expiry', typed: '1/30', keys: [], line: '01/30|' },
  { title: 'a year of four digits', field: 'expiry', typed: '122030', keys: [], line: '12/30|' },
  { title: 'Backspace over the slash', field: 'expiry', typed: '12', keys: ['Backspace'], line: '1|' },
];

/** A field that is in reach, its text typed. */
async function typed(page: Page, bench: BenchPage, { field, typed: text, keys }: Keys, mode: Mode): Promise<void> {
  await page.evaluate((name) => {
    window.form.field(name).clear();
  }, field);
  await expect(bench.input(field, mode)).toHaveValue('');
  await bench.type(field, text, mode);
  for (const key of keys) await page.keyboard.press(key);
}

for (const mode of MODES) {
  test.describe(`formatting under real keys, ${mode}`, () => {
    test('text and caret, key by key', async ({ page, world }) => {
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode);
      for (const edit of EDITS) {
        await typed(page, bench, edit, mode);
        await expect.soft(bench.input(edit.field, mode), edit.title).toHaveValue(edit.line.replace(/[|[\]]/gu, ''));
        expect.soft(await bench.line(edit.field, mode), edit.title).toBe(edit.line);
      }
    });

    test('a number with spaces and dashes is pasted as it should be, and undone as one step', async ({
      page,
      context,
      world,
    }) => {
      await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: world.shop });
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode);
      await page.evaluate(() => navigator.clipboard.writeText(' 4242 4242-4242\t4242\n'));
      await bench.input('number', mode).click();
      await page.keyboard.press('Control+V');
      await expect(bench.input('number', mode)).toHaveValue('4242 4242 4242 4242');
      expect(await bench.line('number', mode)).toBe('4242 4242 4242 4242|');
      await page.keyboard.press('Control+Z');
      await expect(bench.input('number', mode)).toHaveValue('');
      await page.keyboard.press('Control+Y');
      await expect(bench.input('number', mode)).toHaveValue('4242 4242 4242 4242');
    });

    test('A53 what is in a field cannot be copied or cut out of it; a name can', async ({ page, context, world }) => {
      await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: world.shop });
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode);
      const copied = async (field: FieldName, text: string, key: string): Promise<string> => {
        await page.evaluate(() => navigator.clipboard.writeText('before'));
        await bench.type(field, text, mode);
        await page.keyboard.press('Control+A');
        await page.keyboard.press(key);
        return page.evaluate(() => navigator.clipboard.readText());
      };
      expect(await copied('name', 'Zoë', 'Control+C')).toBe('Zoë');
      expect(await copied('number', '4242', 'Control+C')).toBe('before');
      expect(await copied('cvc', '737', 'Control+X')).toBe('before');
      await expect(bench.input('cvc', mode)).toHaveValue('737');
    });

    test('a name is composed by an input method and left alone meanwhile', async ({ page, context, world }) => {
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode);
      await bench.input('name', mode).click();
      const session = await context.newCDPSession(page);
      const compose = (text: string): Promise<unknown> =>
        session.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
      for (const text of ['や', 'やま', 'やまだ']) await compose(text);
      await expect(bench.input('name', mode)).toHaveValue('やまだ');
      await compose('山田');
      await session.send('Input.insertText', { text: '山田' });
      await expect(bench.input('name', mode)).toHaveValue('山田');
      await expect.poll(async () => (await bench.state()).fields['name']?.status).toBe('valid');
      await page.keyboard.type(' 太郎');
      await expect(bench.input('name', mode)).toHaveValue('山田 太郎');
    });

    test('digits of other scripts and of an input method become plain digits', async ({ page, context, world }) => {
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode);
      await bench.input('number', mode).click();
      const session = await context.newCDPSession(page);
      await session.send('Input.insertText', { text: '４２４２' });
      await session.send('Input.insertText', { text: '٤٢' });
      await expect(bench.input('number', mode)).toHaveValue('4242 42');
    });
  });
}
