import { recordRequests, strayRequests } from '../support/requests.js';
import { expect, test } from '../support/test.js';
import { HOSTILE_WORDS } from '../support/words/corpora.js';
import { LABELS, ShownWords } from '../support/words/shown-words.js';
import { ranIn, trapCalls } from '../support/words/trapped.js';
import { GIANT } from '../support/words/unruly-texts.js';
import type { Drawn } from '../support/words/watch-words.js';
import { boundAt, REVEAL_LABEL, REVEAL_TEXTS } from '../support/words/word-places.js';

test.use({ worldOptions: { limits: { perThumbprint: 1000 } } });

const SHOWN = '4242 4242 4242 4242';
const HIDDEN = '••••••••';

/** Where each text of a reveal frame is drawn: beside the value that is shown, and in place of the one that is not. */
const DRAWN: Readonly<Record<(typeof REVEAL_TEXTS)[number], (text: string, drawn: Drawn) => boolean>> = {
  '/texts/copy': (text, { fields: [shown] }) => shown?.button === text && shown.spoken === '',
  '/texts/copied': (text, { fields: [shown] }) =>
    shown?.value === SHOWN && shown.button === text && shown.spoken === text,
  '/texts/hidden': (text, { fields: [shown] }) => shown?.value === HIDDEN && shown.spoken === text,
  '/texts/failed': (text, { fields: [, failed] }) => failed?.value === text,
};

/** Places at which a text was not drawn as it was given. */
const missing = (text: string, log: readonly Drawn[]): readonly string[] =>
  REVEAL_TEXTS.filter((place) => !log.some((drawn) => DRAWN[place](text, drawn))).map(
    (place) => `${place} ${JSON.stringify(text)}`,
  );

test.describe('words of a hostile page beside values that are shown', () => {
  test('A37 A38 A40 A46 stand on buttons and in place of values as they were given, and nothing runs, loads or moves', async ({
    page,
    world,
  }) => {
    test.setTimeout(180_000);
    await trapCalls(page);
    const shown = await ShownWords.open(page, world);
    const requests = recordRequests(page);
    const bound = Math.min(...REVEAL_TEXTS.map(boundAt));
    const texts = [...new Set(HOSTILE_WORDS.map((word) => word.slice(0, bound)))];
    const logs = await shown.say(texts);
    expect(logs.flatMap((log) => log.flatMap(({ odd }) => odd))).toEqual([]);
    const absent = logs.flatMap((log, at) => shown.share(texts, at).flatMap((text) => missing(text, log)));
    expect(absent).toEqual([]);
    // Whatever the words beside it turn, a value is read from left to right.
    const left = (await shown.charactersOf(0)) ?? [];
    expect(left).toHaveLength(SHOWN.length);
    expect(left.toSorted((a, b) => a - b)).toEqual(left);
    expect(await ranIn(page)).toEqual([]);
    expect(await strayRequests(page, world, requests)).toEqual([]);

    for (const place of REVEAL_TEXTS) {
      const name = place.slice('/texts/'.length);
      const words = { copy: 'x', copied: 'x', hidden: 'x', failed: 'x', [name]: GIANT };
      expect(await shown.ask('update', { texts: words })).toEqual({ ok: false, code: 'message', hint: place });
    }
    // What is there beside the words is seen, and a word that was not drawn is missed.
    expect(missing('never said', logs[0] ?? [])).toHaveLength(REVEAL_TEXTS.length);
    await shown.frames[0]?.evaluate(() => {
      document.querySelector('.value-row')?.append(document.createElement('img'));
      document.querySelector<HTMLElement>('.value')?.style.setProperty('margin-left', '9px');
    });
    const [log = []] = await shown.say(['plain']);
    const odd = log.flatMap((drawn) => drawn.odd).join();
    for (const sign of ['new: IMG', 'entry from the side']) expect(odd).toContain(sign);
  });

  test('A37 A38 A40 A46 are labels as they were given, and nothing else', async ({ page, world }) => {
    await trapCalls(page);
    const shown = await ShownWords.open(page, world);
    const requests = recordRequests(page);
    const labels = HOSTILE_WORDS.map((word) => word.slice(0, boundAt(REVEAL_LABEL)));
    const plain = await shown.label(Array.from({ length: LABELS }, () => 'plain'));
    for (let start = 0; start < labels.length; start += LABELS) {
      const some = Array.from({ length: LABELS }, (_, at) => labels[start + at] ?? 'plain');
      const drawn = await shown.label(some);
      expect(drawn.fields.map(({ label }) => label)).toEqual(some);
      expect(drawn.odd).toEqual(plain.odd);
    }
    expect(await ranIn(page)).toEqual([]);
    expect(await strayRequests(page, world, requests)).toEqual([]);
  });
});
