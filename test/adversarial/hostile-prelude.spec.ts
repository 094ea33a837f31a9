import type { Browser } from '@playwright/test';
import { BenchPage, FIELDS, VISA, type Card } from '../support/bench-page.js';
import { findLeaks } from '../support/canary.js';
import { hostilePrelude, overheardIn } from '../support/hostile-prelude.js';
import { withoutRandomNames } from '../support/random-names.js';
import { expect, test } from '../support/test.js';
import type { World } from '../support/world.js';

/** Of the class of `VISA`: the same brand, the same last four digits, which are disclosed. */
const TWIN: Card = { number: '4000056655694242', expiry: '0729', cvc: '102', name: 'Maria Pérez' };

/** Random names are made of bytes, in which every value that the search looks for would still be found. */
const CHANCE = /participantId|\[bytes\]|fromCharCode|btoa|: .$/u;
/** Clocks and sizes of the machine. */
const NUMBER = /: -?\d+(?:\.\d+)?$/u;

/** What two runs of one class must have in common. */
const comparable = (lines: readonly string[]): readonly string[] =>
  [...new Set(lines.filter((line) => !CHANCE.test(line) && !NUMBER.test(line)).map(withoutRandomNames))].toSorted();

interface Overheard {
  readonly lines: readonly string[];
  readonly tokens: readonly string[];
}

/** Pays on a page whose every builtin listens; answers all that they heard. */
async function payOverheard(browser: Browser, world: World, card: Card): Promise<Overheard> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.addInitScript(hostilePrelude);
    const bench = new BenchPage(page, world);
    await bench.mountCard('one frame');
    await bench.fill(card, 'one frame');
    const outcome = await bench.submit();
    if (!outcome.ok) throw new Error(outcome.code);
    return {
      lines: await overheardIn(page),
      tokens: [outcome.record, ...FIELDS.map((field) => outcome.tokens[field] ?? '')],
    };
  } finally {
    await context.close();
  }
}

const places = (lines: readonly string[]): Parameters<typeof findLeaks>[0] =>
  lines.map((line) => ({ where: line.slice(0, 80), content: line }));

test.describe('a page whose every builtin listens, from before the SDK was loaded', () => {
  test.describe.configure({ timeout: 120_000 });

  test('A28 hears session and tokens, and of the card nothing; nor does it hear a difference', async ({
    browser,
    world,
  }) => {
    const one = await payOverheard(browser, world, VISA);
    const other = await payOverheard(browser, world, TWIN);
    for (const { lines, tokens } of [one, other]) {
      const all = lines.join('\n');
      for (const token of tokens) expect(all).toContain(token);
      expect(all).toMatch(/cls_[\w-]{43}/u);
      for (const builtin of [
        'postMessage to a frame',
        'MessagePort.prototype.postMessage',
        'Promise.prototype.then',
        'JSON.',
      ])
        expect(all).toContain(builtin);
      expect(lines.length).toBeGreaterThan(1000);
    }
    expect(findLeaks(places(one.lines), VISA)).toEqual([]);
    expect(findLeaks(places(other.lines), TWIN)).toEqual([]);
    const [left, right] = [comparable(one.lines), comparable(other.lines)];
    expect(left.length).toBeGreaterThan(300);
    expect(left.filter((line) => !right.includes(line))).toEqual([]);
    expect(right.filter((line) => !left.includes(line))).toEqual([]);
  });

  test('A28 the search would find a value that passed through the page in any of these ways', async ({
    page,
    world,
  }) => {
    await page.addInitScript(hostilePrelude);
    await new BenchPage(page, world).open();
    const leaks: readonly ((card: Card) => unknown)[] = [
      ({ number }) => Array.from(number).join(''),
      ({ number }) => {
        new MessageChannel().port1.postMessage({ deep: [{ number }] });
      },
      ({ number }) => Promise.resolve(number).then((value) => value.length),
      ({ number }) => document.createElement('p').append(number),
      ({ number }) => new Map([['number', number]]).get('number'),
      ({ number }) => Reflect.apply(String.prototype.trim, number, []),
      ({ number }) => new TextEncoder().encode(number),
      ({ number }) => Object.assign({}, { number }),
      ({ cvc }) => JSON.parse(`{"cvc":${cvc}}`) as unknown,
    ];
    for (const leak of leaks) {
      const before = findLeaks(places(await overheardIn(page)), VISA).length;
      // The code is made in the page, so that the value does not come by the test's own way through the builtins.
      await page.addScriptTag({ content: `void (${leak.toString()})(${JSON.stringify(VISA)})` });
      const after = findLeaks(places(await overheardIn(page)), VISA).length;
      expect(after, leak.toString()).toBeGreaterThan(before);
    }
  });
});
