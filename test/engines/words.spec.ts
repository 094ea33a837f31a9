import { FIELDS } from '../support/bench-page.js';
import { EngineBench } from '../support/engines/engine-bench.js';
import { expect, test } from '../support/engines/engine-test.js';
import { setTrap } from '../support/engines/trap.js';
import { COLLECT_SETUP } from '../support/raw-frame.js';
import { EMPHASIS, HOSTILE_WORDS } from '../support/words/corpora.js';
import { WATCH_WORDS, type Drawn } from '../support/words/watch-words.js';

/** Every third, which takes some of each corpus: engines differ in how they parse, and here nothing is to be parsed. */
const WORDS = HOSTILE_WORDS.filter((_, at) => at % 3 === 0).map((word) => word.slice(0, 200));
/** WebDriver waits so long for one script, and no longer. */
const AT_ONCE = 26;
const ROWS = FIELDS.map((name) => [name]);

/** What was drawn of a word that is not just that word; the last field has it as markup, too. */
const oddOf = (word: string, { fields, odd }: Drawn): readonly string[] =>
  [
    ...odd,
    ...fields.flatMap(({ label, placeholder }) => [label, placeholder]).filter((text) => text !== word),
    ...fields.slice(0, -1).flatMap(({ help }) => (help === word ? [] : [help])),
    ...fields.slice(-1).flatMap(({ helpMarkup }) => (EMPHASIS.test(helpMarkup) ? [] : [helpMarkup])),
    ...(fields.length === 4 ? [] : ['a field is missing']),
  ].map((each) => `${JSON.stringify(word)}: ${each}`);

test('A37 A38 A39 A40 A46 public and own corpora stand in labels, placeholders and help texts as they were given', async ({
  tab,
  world,
}) => {
  test.setTimeout(180_000);
  const trap = setTrap(world, '/words-trap');
  const bench = new EngineBench(tab, world);
  await bench.openRaw({ ...COLLECT_SETUP, layout: ROWS });
  const say = (words: readonly string[]): Promise<readonly unknown[]> =>
    // As JSON in JSON: halves of characters travel in no other way.
    tab.run(async (json) => {
      const refused: unknown[] = [];
      window.raw.iframe.style.cssText = 'width:320px;height:4000px';
      for (const [at, word] of (JSON.parse(json) as string[]).entries()) {
        const texts = { label: word, placeholder: word, help: { text: word } };
        const reply = await window.raw.call(['update'], {
          texts: { number: texts, expiry: texts, cvc: texts, name: { ...texts, help: { markup: word } } },
          locale: `x-${String(at)}`,
        });
        if (!JSON.stringify(reply).includes('"ok":true')) refused.push(reply);
        // The frame takes so many calls a second and drops the rest.
        await new Promise((resolve) => setTimeout(resolve, 8));
      }
      return refused;
    }, JSON.stringify(words));
  expect(await say(['<b>the sanitiser is loaded</b>'])).toEqual([]);
  await tab.until(['#raw'], () => document.querySelector('.help b') !== null);
  await tab.runIn(['#raw'], () => {
    Object.assign(document, { ran: 0 });
    for (const name of ['seen', 'alert', 'prompt', 'confirm', 'print', 'open'])
      Object.assign(window, { [name]: () => Object.assign(document, { ran: 1 }) });
  });
  await tab.driver.evaluate(['#raw'], `(${WATCH_WORDS}, null)`);
  const drawn = (): Promise<Window['drawnWords']> =>
    tab
      .runIn(['#raw'], () => JSON.stringify(window.drawnWords))
      .then((json) => JSON.parse(json) as Window['drawnWords']);
  for (let start = 0; start < WORDS.length; start += AT_ONCE) {
    const some = WORDS.slice(start, start + AT_ONCE);
    expect(await say(some)).toEqual([]);
    const now = await drawn();
    expect(some.flatMap((word, at) => oddOf(word, now[`x-${String(at)}`] ?? { fields: [], odd: [] }))).toEqual([]);
  }
  expect(await tab.runIn(['#raw'], (): unknown => Reflect.get(document, 'ran'))).toBe(0);
  expect(trap.hits).toEqual([]);
  // What is there beside the words is seen.
  await tab.runIn(['#raw'], () => {
    document.querySelector('.box')?.append(document.createElement('img'));
    return null;
  });
  expect(await say(['plain'])).toEqual([]);
  expect((await drawn())['x-0']?.odd.join()).toContain('new: IMG');
});
