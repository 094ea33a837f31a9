import { decode, fieldErrorCode } from '@cloister/protocol';
import { changedPixels, insideOf, pictureOf } from '../support/pictures.js';
import { recordRequests, strayRequests } from '../support/requests.js';
import { expect, test } from '../support/test.js';
import { LookFrames } from '../support/styles/look-frames.js';
import { EMPHASIS, HOSTILE_WORDS } from '../support/words/corpora.js';
import { ranIn, trapCalls } from '../support/words/trapped.js';
import { CLIMBING, GIANT, SPREADING } from '../support/words/unruly-texts.js';
import { NOTHING, type Drawn, type FieldWords } from '../support/words/watch-words.js';
import { FIELDS, WordFrames, WRONG_FIELDS, type Words } from '../support/words/word-frames.js';
import {
  boundAt,
  CLOSED_PLACES,
  COLLECT_TEXTS,
  REVEAL_LABEL,
  REVEAL_TEXTS,
  TEXT_PLACES,
} from '../support/words/word-places.js';
import { COLLECTIONS } from '../support/world.js';

test.use({ worldOptions: { collections: { ...COLLECTIONS, ...WRONG_FIELDS } } });

/** The same text at every place, as much of it as goes there. */
const everywhere = (text: string): Words => ({
  label: text.slice(0, boundAt('/texts/*/label')),
  placeholder: text.slice(0, boundAt('/texts/*/placeholder')),
  error: text.slice(0, boundAt('/messages/*')),
  help: text.slice(0, boundAt('/texts/*/help/text')),
  markup: text.slice(0, boundAt('/texts/*/help/markup')),
});

const wrongly = (field: FieldWords, { label, placeholder, error, help }: Words): readonly string[] => {
  const drawn = [field.label, field.placeholder, field.error, field.help];
  const given = [label, placeholder, error, help];
  return drawn.filter((text, at) => text !== given[at]).map((text) => `drawn was ${text}`);
};

/** What the frames made of words that is not just these words: nothing, when all is well. */
function oddIn(words: Words, wrong: Drawn = NOTHING, marked: Drawn = NOTHING): readonly string[] {
  const helps = marked.fields.map(({ helpMarkup }) => helpMarkup).filter((help) => !EMPHASIS.test(help));
  const odd = [
    ...wrong.odd,
    ...marked.odd,
    ...wrong.fields.flatMap((field) => wrongly(field, words)),
    ...helps.map((help) => `drawn was ${help}`),
  ];
  return odd.map((each) => `${JSON.stringify(words.markup)}: ${each}`);
}

test.describe('words of a hostile page', () => {
  test('A38 A44 A46 go only where the contract has a place for words, and are no longer than it says', () => {
    const places = TEXT_PLACES.map(({ call, pointer }) => `${call} ${pointer}`);
    const looked = {
      'collect setup': COLLECT_TEXTS,
      'collect update': COLLECT_TEXTS,
      'reveal setup': [REVEAL_LABEL, ...REVEAL_TEXTS],
      'reveal update': REVEAL_TEXTS,
    };
    const named = Object.entries(looked).flatMap(([call, pointers]) => pointers.map((pointer) => `${call} ${pointer}`));
    expect(places.toSorted()).toEqual(named.toSorted());
    const longer = TEXT_PLACES.filter(({ node }) => [GIANT, 'x'.repeat(2001)].some((text) => decode(node, text).ok));
    expect(longer).toEqual([]);
    // Some of the corpus are names, and do what names do.
    const noNames = HOSTILE_WORDS.filter((word) => !/^[\w.~+/=-]*$/u.test(word));
    expect(noNames.length).toBeGreaterThan(HOSTILE_WORDS.length - 8);
    expect(CLOSED_PLACES.length).toBeGreaterThan(40);
    const taken = CLOSED_PLACES.filter(({ node }) => noNames.some((word) => decode(node, word).ok));
    expect(taken).toEqual([]);
  });

  test('A37 A38 A40 A46 stand in labels, placeholders, help texts and errors as they were given, and nothing runs, loads or moves', async ({
    page,
    world,
  }) => {
    test.setTimeout(180_000);
    expect(FIELDS.toSorted()).toEqual(fieldErrorCode.type === 'choice' ? fieldErrorCode.values.toSorted() : []);
    await trapCalls(page);
    const requests = recordRequests(page);
    const frames = await WordFrames.open(page, world);
    const words = HOSTILE_WORDS.map(everywhere);
    expect(words.length).toBeGreaterThan(300);
    const [wrong = [], marked = []] = await frames.say(words);
    expect(words.flatMap((each, at) => oddIn(each, wrong[at], marked[at]))).toEqual([]);
    expect(await ranIn(page)).toEqual([]);
    expect(await strayRequests(page, world, requests)).toEqual([]);

    for (const text of [GIANT, 'x'.repeat(2001)]) {
      const help = (part: object): object => ({ texts: { required: { help: part } } });
      const tries: readonly (readonly [string, object])[] = [
        ['/texts/*/label', { texts: { required: { label: text } } }],
        ['/texts/*/placeholder', { texts: { required: { placeholder: text } } }],
        ['/texts/*/help/text', help({ text })],
        ['/texts/*/help/markup', help({ markup: text })],
        ['/messages/*', { messages: { required: text } }],
      ];
      expect(tries.map(([pointer]) => pointer)).toEqual(COLLECT_TEXTS);
      for (const [hint, update] of tries)
        expect(await frames.ask('update', update)).toEqual({ ok: false, code: 'message', hint });
    }

    // What is there beside the words is seen, wherever it comes from.
    const [frame] = frames.frames;
    await frame?.evaluate(() => {
      document.querySelector('.box')?.append(document.createElement('img'));
      document.querySelector<HTMLElement>('.input')?.style.setProperty('margin-left', '9px');
      Object.assign(window, { config: 1 });
    });
    const [[seen] = []] = await frames.say([everywhere('plain')]);
    const odd = oddIn(everywhere('other'), seen, seen).join();
    for (const sign of ['new: IMG', 'entry from the side', 'global config', 'drawn was plain'])
      expect(odd).toContain(sign);
  });
});

test.describe('letters that do not keep to their lines', () => {
  test('A37 cover nothing that is typed, and no word of another field', async ({ page, world }) => {
    const frames = await LookFrames.open(page, world);
    const collect = await frames.add('collect');
    // Inputs that hide nothing that stands behind them.
    expect(await frames.dress(0, { variables: { colorBackground: 'transparent' } })).toBe('ok');
    await collect.getByLabel('Card number').fill('4242 4242 4242 4242');
    await collect.getByLabel('Expiry').fill('00');
    await frames.showErrors(0);
    await collect.getByLabel('Name on card').focus();
    const inputs = [0, 1, 2].map((at) => collect.locator('.input').nth(at));
    const words = [collect.locator('.label').nth(0), collect.locator('.label').nth(2), collect.locator('.help').nth(2)];
    const pictures = async (label: string, below: string): Promise<readonly string[]> => {
      const texts = { expiry: { label, help: { text: below } } };
      const messages = { 'expiry-month': below, required: 'Required' };
      expect(await frames.say(0, { texts, messages })).toBe('ok');
      const taken: string[] = [];
      for (const each of inputs) taken.push(await insideOf(page, each));
      for (const each of words) taken.push(await pictureOf(each));
      return taken;
    };
    const plain = await pictures('plain', 'plain');
    const changedBy = async (label: string, below: string): Promise<readonly number[]> => {
      const changed: number[] = [];
      for (const [at, after] of (await pictures(label, below)).entries())
        changed.push(await changedPixels(page, plain[at] ?? '', after));
      return changed;
    };
    const tries = [
      ...CLIMBING.map((word) => [word, word] as const),
      ...SPREADING.map((word) => [word, 'plain'] as const),
    ];
    for (const [label, below] of tries)
      expect(await changedBy(label, below), JSON.stringify(label)).toEqual(plain.map(() => 0));
    // Where nothing cuts them off, they stand on what is typed.
    await collect.evaluate(() => {
      for (const each of document.querySelectorAll<HTMLElement>('.label, .help, .error'))
        each.style.overflow = 'visible';
    });
    const [, own = 0] = await changedBy(CLIMBING[2] ?? '', CLIMBING[2] ?? '');
    expect(own).toBeGreaterThan(0);
  });
});
