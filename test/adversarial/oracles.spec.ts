import type { Page } from '@playwright/test';
import { BenchPage, FIELDS, VISA, type Mode } from '../support/bench-page.js';
import { addRawFrames, COLLECT_SETUP } from '../support/raw-frame.js';
import { Stage } from '../support/stage.js';
import { expect, test } from '../support/test.js';
import { compareTraces } from '../support/twin-run.js';
import type { World } from '../support/world.js';

const MODE: Mode = 'one frame';

/** A collect frame by hand, with a card in it. */
async function openFilled(page: Page, world: World): Promise<void> {
  await addRawFrames(page);
  await page.goto(`${world.shop}/bench`);
  await page.evaluate(
    async ({ url, setup }) => {
      window.raw = await window.openReady(url, setup);
    },
    { url: `${world.elements}/collect.html`, setup: COLLECT_SETUP },
  );
  const frame = page.frames().find((each) => each.url().includes('/collect.html'));
  for (const field of FIELDS) await frame?.getByLabel(field, { exact: true }).fill(VISA[field]);
  // What the page may know has been told by now, and no guess comes before it.
  await page.waitForFunction(() => JSON.stringify(window.raw.told).includes('last4'));
}

/** Every way to hand a text to the frame: its seven methods with the text in every place, and all that it should not have. */
function probes(guess: string): readonly (readonly [method: readonly string[], argument: unknown])[] {
  const words = { label: guess, placeholder: guess, help: { text: guess } };
  const rule = { type: 'match', field: 'cvc', pattern: guess, regex: `^${guess}$`, value: guess, equals: guess };
  const foreign = [
    'setValue',
    'fill',
    'set',
    'compare',
    'match',
    'check',
    'equals',
    'value',
    'values',
    'gather',
    'validator',
  ];
  return [
    [['update'], { texts: { cvc: words } }],
    [['update'], { texts: { cvc: { help: { markup: `<b>${guess}</b>` } } } }],
    [['update'], { messages: { required: guess, incomplete: guess } }],
    [['update'], { appearance: { variables: { fontFamily: `x${guess}` } } }],
    [['update'], { appearance: { rules: { input: { valid: { fontFamily: `x${guess}` } } } } }],
    [['update'], { texts: { cvc: { label: 'cvc', match: guess } } }],
    [['update'], { texts: { cvc: { label: 'cvc', pattern: `^${guess}$` } } }],
    [['update'], { rules: [rule] }],
    [['update'], { validators: { cvc: [rule] } }],
    [['update'], { values: { cvc: guess } }],
    [['setup'], { ...COLLECT_SETUP, rules: [rule] }],
    [['validate'], { cvc: guess }],
    [['validate'], { rules: [rule] }],
    [['validate'], {}],
    [['focus'], { field: guess }],
    [['clear'], { field: guess }],
    [['blur'], { value: guess }],
    [['pair'], { coordinator: guess.padEnd(22, 'a'), form: 'f'.repeat(22) }],
    ...foreign.flatMap((method): [string[], unknown][] => [
      [[method], { field: 'cvc', value: guess }],
      [[method], guess],
    ]),
  ];
}

/** Tries a guess in every way; answers all that the page then knows. */
const guessed = (page: Page, guess: string): Promise<readonly string[]> =>
  page.evaluate(async (tries) => {
    const { raw } = window;
    const answers: string[] = [];
    for (const [method, argument] of tries) {
      const pending = raw.call(method, argument);
      // A pairing with nobody takes longer than anybody waits; whether it does is the same for every guess.
      answers.push(`${method.join('.')} ${JSON.stringify(await pending)}`);
    }
    const { width, height } = raw.iframe.getBoundingClientRect();
    return [...answers, JSON.stringify(raw.noise), `${String(width)} ${String(height)}`];
  }, probes(guess));

test.describe('a page that guesses', () => {
  test('A30 hears nothing else for the right security code than for a wrong one, wherever it hands it in', async ({
    page,
    world,
  }) => {
    await openFilled(page, world);
    const guess = (text: string): Promise<readonly string[]> =>
      guessed(page, text).then((answers) => answers.map((answer) => answer.replaceAll(text, '<guess>')));
    const wrong = await guess('000');
    expect(await guess(VISA.cvc)).toEqual(wrong);
    expect(await guess('738')).toEqual(wrong);
    expect(wrong.filter((answer) => answer.includes('"ok":true'))).toHaveLength(6);
    // What is not a method, or not a member of one, is refused as such; the rest is words, looks and states.
    const refused = wrong.filter((answer) => /"ok":false,"code":"(?:message|field|appearance)"/u.test(answer));
    expect(refused.length).toBeGreaterThan(30);
    // A change of the secret that the page may know of is heard: the comparison is not blind.
    const frame = page.frames().find((each) => each.url().includes('/collect.html'));
    await frame?.getByLabel('738', { exact: true }).fill('1');
    expect(await guess('000')).not.toEqual(wrong);
  });

  test('A30 finds no method or option of the SDK that takes, sets or compares a value', async ({ page, world }) => {
    const bench = new BenchPage(page, world);
    await bench.mountCard(MODE);
    const members = await page.evaluate(() => {
      const all = (object: object): string[] => {
        const names = new Set<string>();
        for (
          let each: object | null = object;
          each !== null && each !== Object.prototype;
          each = Object.getPrototypeOf(each) as object | null
        )
          for (const name of Object.getOwnPropertyNames(each)) names.add(name);
        return [...names].filter((name) => name !== 'constructor').sort();
      };
      return { form: all(window.form), field: all(window.form.field('cvc')), client: all(window.client) };
    });
    const values = /value|set|match|compare|equal|pattern|regex|valid(?!ate$)|mask|transform|format/iu;
    for (const [name, list] of Object.entries(members)) {
      expect(list.length, name).toBeGreaterThan(2);
      expect(
        list.filter((member) => values.test(member) && !['reset', 'texts'].includes(member)),
        name,
      ).toEqual([]);
    }
    const refused = await page.evaluate(() => {
      const rule = { match: 'cvc', pattern: '737', regex: /737/u, validate: () => true, value: '737' };
      return Object.entries(rule).map(([key, value]) => {
        try {
          window.form.field('cvc', { [key]: value });
          return key;
        } catch (error) {
          return error instanceof TypeError ? 'TypeError' : String(error);
        }
      });
    });
    expect(new Set(refused)).toEqual(new Set(['TypeError']));
  });
});

test.describe('the rhythm of typing', () => {
  test('A33 is not heard: between the first key and the last there is nothing, fast or slow', async ({
    browser,
    world,
  }) => {
    test.setTimeout(120_000);
    const traces = [];
    for (const delay of [0, 130]) {
      const context = await browser.newContext();
      const stage = await Stage.set(await context.newPage(), world);
      await stage.mount({ collection: 'cards', fields: FIELDS, mode: MODE });
      for (const field of ['number', 'expiry', 'cvc'] as const) {
        const text = VISA[field];
        await stage.focus(field);
        await stage.page.keyboard.type(text.slice(0, 1));
        await stage.trace.mark(`first key of ${field}`);
        await stage.page.keyboard.type(text.slice(1, -1), { delay });
        await stage.trace.mark(`rhythm of ${field}`);
        await stage.page.keyboard.type(text.slice(-1));
        await stage.trace.mark(`last key of ${field}`);
      }
      traces.push(stage.trace.steps);
      const heard = (step: string): readonly string[] =>
        stage.trace.steps
          .filter(({ name }) => name.startsWith(step))
          .flatMap(({ entries }) => entries.filter(({ stream }) => stream !== 'snapshot').map(({ what }) => what));
      expect(heard('rhythm of')).toEqual([]);
      // The field begins and is complete: that much is told, once each.
      expect(heard('first key of').join('\n')).toContain('incomplete');
      expect(heard('last key of').join('\n')).toContain('"valid"');
      await context.close();
    }
    const [fast = [], slow = []] = traces;
    expect(compareTraces(fast, slow)).toEqual([]);
  });
});
