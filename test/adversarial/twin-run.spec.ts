import type { Browser } from '@playwright/test';
import { MODES, type Mode } from '../support/bench-page.js';
import { Stage } from '../support/stage.js';
import { expect, test } from '../support/test.js';
import { twinRun, type TwinScript } from '../support/twin-run.js';
import type { World } from '../support/world.js';

/** Values by field, in the order in which they are typed. */
type Values = Readonly<Record<string, string>>;

/** One class as far as `cards` goes, which discloses brand and last four digits: two Visa numbers with the same tail. */
const CARDS: readonly [Values, Values] = [
  { number: '4242424242424242', expiry: '1230', cvc: '737', name: 'José Nguyễn' },
  { number: '4000056655694242', expiry: '0729', cvc: '102', name: 'Maria Pérez' },
];
/** `quiet` discloses nothing, so all valid Visa numbers are one class. */
const QUIET: readonly [Values, Values] = [
  { number: '4242424242424242', cvc: '737', note: 'The first note' },
  { number: '4012888888881881', cvc: '102', note: 'Another remark' },
];

const stages =
  (browser: Browser, world: World): (() => Promise<Stage>) =>
  async () =>
    Stage.set(await (await browser.newContext()).newPage(), world);

/** Types every value, key by key, and submits. */
const collect =
  (collection: string, mode: Mode): TwinScript<Values> =>
  async (stage, values) => {
    await stage.mount({ collection, fields: Object.keys(values), mode });
    for (const [field, value] of Object.entries(values)) await stage.type(field, value);
    expect(await stage.submit()).toMatchObject({ ok: true });
  };

/** Collects, opens another page with the tokens, and shows the values there. */
const reveal =
  (collection: string, fields: readonly string[]): TwinScript<Values> =>
  async (stage, values) => {
    await stage.mount({ collection, fields: Object.keys(values), mode: 'one frame' });
    for (const [field, value] of Object.entries(values)) await stage.insert(field, value);
    const outcome = await stage.submit();
    if (!outcome.ok) throw new Error(outcome.code);
    await stage.mountReveal(Object.fromEntries(fields.map((field) => [field, outcome.tokens[field]])));
    expect(await stage.show()).toEqual(fields.map(() => 'shown'));
    await stage.page.evaluate(() => {
      window.view.hide();
    });
    await stage.trace.settle('hide');
  };

/** Types a number whose last digit is wrong, leaves, comes back and corrects it; then the same with a month. */
const correct =
  (mode: Mode): TwinScript<Values> =>
  async (stage, { number = '', expiry = '' }) => {
    const last = (Number(number.at(-1)) + 1) % 10;
    await stage.mount({ collection: 'cards', fields: ['number', 'expiry'], mode });
    await stage.type('number', `${number.slice(0, -1)}${String(last)}`);
    await stage.type('expiry', '1390');
    await stage.focus('number');
    await stage.press('End', 'Backspace', number.slice(-1), 'Tab');
    await stage.focus('expiry');
    await stage.press('Control+a', 'Delete', ...Array.from(expiry), 'Enter', 'Escape', 'Shift+Tab');
    expect(await stage.submit()).toMatchObject({ ok: false, code: 'invalid' });
  };

test.describe('the host sees the same, whatever the secret is', () => {
  test.describe.configure({ timeout: 180_000 });

  for (const mode of MODES) {
    test(`T01 while a card is typed and submitted, ${mode}`, async ({ browser, world }) => {
      const { observed, differences } = await twinRun(stages(browser, world), collect('cards', mode), CARDS);
      expect(observed).toBeGreaterThan(300);
      expect(differences).toEqual([]);
    });

    test(`T01 while fields that disclose nothing are typed and submitted, ${mode}`, async ({ browser, world }) => {
      const { differences } = await twinRun(stages(browser, world), collect('quiet', mode), QUIET);
      expect(differences).toEqual([]);
    });

    test(`T01 while a wrong entry is corrected, ${mode}`, async ({ browser, world }) => {
      const { differences } = await twinRun(stages(browser, world), correct(mode), CARDS);
      expect(differences).toEqual([]);
    });
  }

  test('T01 while values are revealed in plain', async ({ browser, world }) => {
    const script = reveal('cards', ['number', 'expiry', 'name']);
    const { differences } = await twinRun(stages(browser, world), script, CARDS);
    expect(differences).toEqual([]);
  });

  test('T01 while values are revealed masked', async ({ browser, world }) => {
    const { differences } = await twinRun(stages(browser, world), reveal('quiet', ['number', 'note']), QUIET);
    expect(differences).toEqual([]);
  });

  test('T01 A31 whether a name is short or is wider than its frame', async ({ browser, world }) => {
    const [card] = CARDS;
    const names = [
      { ...card, name: 'Li' },
      { ...card, name: 'Wolfeschlegelsteinhausenbergerdorff '.repeat(2).trim() },
    ] as const;
    const { differences } = await twinRun(stages(browser, world), reveal('cards', ['name', 'number']), names);
    expect(differences).toEqual([]);
  });
});

test.describe('the comparison notices what the host may tell apart', () => {
  test('T01 another brand, where the brand is disclosed', async ({ browser, world }) => {
    const [card] = CARDS;
    const { differences } = await twinRun(stages(browser, world), collect('cards', 'one frame'), [
      card,
      { ...card, number: '5555555555554444' },
    ]);
    expect(differences.join('\n')).toContain('mastercard');
  });

  test('T01 a number that fails its check', async ({ browser, world }) => {
    const typing: TwinScript<Values> = async (stage, { number = '' }) => {
      await stage.mount({ collection: 'quiet', fields: ['number', 'cvc'], mode: 'a frame per field' });
      await stage.type('number', number);
      await stage.focus('cvc');
    };
    const { differences } = await twinRun(stages(browser, world), typing, [
      { number: '4242424242424242' },
      { number: '4242424242424241' },
    ]);
    expect(differences.join('\n')).toContain('number-check');
  });

  test('T01 one message more, and one pixel', async ({ browser, world }) => {
    const script =
      (leak: (frame: HTMLIFrameElement) => void): TwinScript<boolean> =>
      async (stage, leaks) => {
        await stage.mount({ collection: 'quiet', fields: ['note'], mode: 'one frame' });
        if (leaks) await stage.page.locator('#card iframe').evaluate(leak);
        await stage.trace.mark('leak');
      };
    const open = stages(browser, world);
    const message = script(() => {
      window.postMessage('one', location.origin);
    });
    const pixel = script((frame) => {
      frame.style.height = `${String(frame.offsetHeight + 1)}px`;
    });
    expect((await twinRun(open, message, [false, true])).differences.join('\n')).toContain('window self');
    expect((await twinRun(open, pixel, [false, true])).differences.join('\n')).toContain('size card');
    expect((await twinRun(open, message, [false, false])).differences).toEqual([]);
  });
});
