import type { Frame, Page } from '@playwright/test';
import { BenchPage, VISA, type Mode } from '../support/bench-page.js';
import { HOSTILE_MARKUP, markupSoup } from '../support/markup-corpus.js';
import { addRawFrames, COLLECT_SETUP } from '../support/raw-frame.js';
import { recordRequests } from '../support/requests.js';
import { expect, test } from '../support/test.js';
import { EMPHASIS } from '../support/words/corpora.js';
import { PUBLIC_MARKUP } from '../support/words/public-corpus.js';
import { ranIn, trapCalls } from '../support/words/trapped.js';
import type { World } from '../support/world.js';

declare global {
  interface Window {
    /** What stood in the help text, each time that it was set. */
    drawn: string[];
  }
}

const MODE: Mode = 'one frame';
const RUNS = 300;
const SEED = 20_261_122;
const URLS = [
  'javascript:seen()',
  'data:text/html,<script>seen()</script>',
  '//thief.localhost/x',
  'vbscript:x',
  'blob:x',
];

/** A collect frame by hand; the answer is its document. */
async function openCollect(page: Page, world: World): Promise<Frame> {
  await addRawFrames(page);
  await page.goto(`${world.shop}/bench`);
  await page.evaluate(
    async ({ url, setup }) => {
      window.raw = await window.openReady(url, setup);
    },
    { url: `${world.elements}/collect.html`, setup: COLLECT_SETUP },
  );
  const frame = page.frames().find((each) => each.url().includes('/collect.html'));
  if (frame === undefined) throw new Error('there is no frame');
  return frame;
}

/** Gives the security code each of these helps in turn; answers what stood there, each time that it changed. */
async function drawn(page: Page, frame: Frame, markups: readonly string[]): Promise<readonly string[]> {
  await frame.evaluate(() => {
    window.drawn = [];
    const fields = [...document.querySelectorAll('.field')];
    const help = fields.find((field) => field.textContent.includes('cvc'))?.querySelector('.help');
    if (help === null || help === undefined) throw new Error('there is no help');
    new MutationObserver(() => window.drawn.push(help.innerHTML)).observe(help, { childList: true });
  });
  const refused = await page.evaluate(async (all) => {
    const silent: string[] = [];
    for (const [index, markup] of all.entries()) {
      // A text of its own in each, so that none is taken for the one before.
      const help = { markup: `${String(index)} ${markup}` };
      const reply = await window.raw.call(['update'], { texts: { cvc: { help } } });
      if (!JSON.stringify(reply).includes('"ok":true')) silent.push(markup);
      // The frame takes so many calls a second and drops the rest.
      await new Promise((resolve) => setTimeout(resolve, 6));
    }
    return silent;
  }, markups);
  expect(refused).toEqual([]);
  return frame.evaluate(() => window.drawn);
}

/** Whether parsing what was drawn gives the same once more: what mutates may become something else. */
const isStable = (page: Page, markups: readonly string[]): Promise<readonly string[]> =>
  page.evaluate((all) => {
    const parse = (markup: string): string =>
      new DOMParser().parseFromString(`<p>${markup}`, 'text/html').querySelector('p')?.innerHTML ?? '';
    return all.filter((markup) => parse(markup) !== markup);
  }, markups);

test.describe('markup of a help text', () => {
  test('A38 A39 A40 A46 whatever it is, only emphasis without attributes is left, and nothing runs or loads', async ({
    page,
    world,
  }) => {
    test.setTimeout(120_000);
    const requests = recordRequests(page);
    // (That browsers report what they stop in the inert document where markup is parsed is no sign that something was about
    // to run.)
    await trapCalls(page);
    const frame = await openCollect(page, world);
    const urls = URLS.flatMap((url) => [
      `<a href="${url}">x</a>`,
      `<img src="${url}">`,
      `<b background="${url}">x</b>`,
      url,
    ]);
    const soup = markupSoup(RUNS, SEED);
    await drawn(page, frame, ['<b>the sanitiser is loaded</b>']);
    await expect(frame.getByText('the sanitiser is loaded')).toBeAttached();
    const helps = await drawn(page, frame, [...PUBLIC_MARKUP, ...HOSTILE_MARKUP, ...urls, ...soup]);
    expect(helps.length).toBeGreaterThan(RUNS + PUBLIC_MARKUP.length);
    expect(helps.filter((html) => !EMPHASIS.test(html))).toEqual([]);
    expect(await isStable(page, helps)).toEqual([]);
    expect(helps.some((html) => html.includes('<strong>'))).toBe(true);
    const allowed = requests.filter(
      (line) => line.startsWith(`GET ${world.elements}/`) || line.startsWith(`GET ${world.shop}/`),
    );
    expect(requests.filter((line) => !allowed.includes(line) || line.includes('seen'))).toEqual([]);
    expect(await ranIn(page)).toEqual([]);
    const ids = await frame.evaluate(() =>
      [...document.body.querySelectorAll('[id], [name]')].map(
        (each) => `${each.id}|${each.getAttribute('name') ?? ''}`,
      ),
    );
    expect(ids.filter((id) => !/^field-\d+(?:-help|-error)?\|$/u.test(id))).toEqual([]);
    expect(ids.length).toBeGreaterThan(8);
  });

  test('A39 without a sanitiser that supports the browser there is no help text, and the field works', async ({
    page,
    world,
  }) => {
    const help = { markup: 'On the <b>back</b>' };
    const bench = new BenchPage(page, world);
    await bench.mountCard(MODE, { texts: { cvc: { help } } });
    await expect(bench.field('cvc', MODE).locator('.help')).toHaveText('On the back');
    await page.addInitScript((elements) => {
      if (location.origin !== elements) return;
      // What DOMPurify takes as the sign of a browser that it cannot work in.
      Object.defineProperty(DOMImplementation.prototype, 'createHTMLDocument', { value: undefined });
    }, world.elements);
    const loaded = page.waitForResponse(/purify\.js$/u);
    await bench.mountCard(MODE, { texts: { cvc: { help } } });
    await loaded;
    await bench.fill(VISA, MODE);
    await expect(bench.field('cvc', MODE).locator('.help')).toBeEmpty();
    expect(await bench.submit()).toMatchObject({ ok: true });
  });
});

test.describe('names and addresses of a page', () => {
  test('A40 clobber nothing in a frame, given as words, ids or fields', async ({ page, world }) => {
    const frame = await openCollect(page, world);
    const clobbering = ['<form id=config>', '<a id=parent name=origin>', 'location', '__proto__', '<img name=cookie>'];
    const before = await frame.evaluate(() => Object.keys(window).length);
    for (const text of clobbering) {
      const words = { label: text, placeholder: text, help: { markup: text } };
      const reply = await page.evaluate(
        (texts) => window.raw.call(['update'], { texts, messages: { required: texts.cvc.label } }),
        {
          cvc: words,
        },
      );
      expect(reply).toMatchObject({ ok: true });
    }
    expect(await frame.evaluate(() => document.body.querySelectorAll('[name], form, a, img').length)).toBe(0);
    expect(await frame.evaluate(() => Object.keys(window).length)).toBe(before);
    const types = await frame.evaluate(() => [typeof document.cookie, String(parent === window), typeof window.origin]);
    expect(types).toEqual(['string', 'false', 'string']);
    // Ids and names that do get into a document are seen.
    await frame.evaluate(() => document.body.append(Object.assign(document.createElement('form'), { id: 'config' })));
    expect(await frame.evaluate(() => Reflect.get(window, 'config') instanceof HTMLFormElement)).toBe(true);
  });

  test('A46 there is no option that takes an address, and one in another place fetches nothing', async ({
    page,
    world,
  }) => {
    const requests = recordRequests(page);
    const bench = new BenchPage(page, world);
    await bench.mountCard(MODE);
    const outcomes = await page.evaluate((urls) => {
      const KEYS = [
        'icon',
        'iconUrl',
        'font',
        'fontUrl',
        'fonts',
        'stylesheet',
        'css',
        'link',
        'href',
        'src',
        'image',
        'helpUrl',
      ];
      const attempts = urls.flatMap((url): (() => unknown)[] => [
        ...KEYS.map((key) => () => window.form.field('cvc', { [key]: url })),
        ...KEYS.map((key) => () => {
          window.form.update({ appearance: { [key]: url } });
        }),
        () => {
          window.form.field('cvc', { help: { markup: 'x', href: url } as never });
        },
      ]);
      return attempts.map((attempt) => {
        try {
          attempt();
          return 'taken';
        } catch (error) {
          return error instanceof TypeError ? 'TypeError' : String(error);
        }
      });
    }, URLS);
    expect(new Set(outcomes)).toEqual(new Set(['TypeError']));
    expect(outcomes.length).toBeGreaterThan(100);
    // As a word an address is a word; as a value of a style it is refused.
    await page.evaluate((urls) => {
      for (const url of urls) window.form.update({ texts: { cvc: { label: url, placeholder: url, help: url } } });
      for (const url of urls)
        window.form.update({ appearance: { variables: { colorPrimary: `url(${url})`, fontFamily: url } } });
    }, URLS);
    const frame = await bench.frameOf('cvc', MODE);
    await expect(frame.getByText('blob:x').first()).toBeVisible();
    expect(
      await frame.evaluate(() => document.querySelectorAll('[href], [src]:not(script), [action], [background]').length),
    ).toBe(0);
    expect(requests.filter((line) => line.includes('thief') || !line.includes('http://'))).toEqual([]);
  });
});
