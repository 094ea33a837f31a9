import { FIELDS, VISA, type Mode } from '../support/bench-page.js';
import { EngineBench } from '../support/engines/engine-bench.js';
import { expect, test } from '../support/engines/engine-test.js';
import { HOSTILE_MARKUP, markupSoup } from '../support/markup-corpus.js';
import { PUBLIC_MARKUP } from '../support/words/public-corpus.js';

const MODE: Mode = 'one frame';
const FORM = ['#card iframe'];
const EMPHASIS = /^(?:[^<]|<\/?(?:b|i|em|strong|span)>|<br>)*$/u;
/** WebDriver waits fifteen seconds for one script. */
const AT_ONCE = 100;

test('A38 A39 A40 whatever markup a help text is, each engine’s parser leaves emphasis without attributes', async ({
  tab,
  world,
}) => {
  test.setTimeout(120_000);
  const bench = new EngineBench(tab, world);
  await bench.openRaw();
  await tab.runIn(['#raw'], () => {
    Object.assign(window, { drawn: [] });
    const { drawn } = window as unknown as { readonly drawn: string[] };
    const fields = [...document.querySelectorAll('.field')];
    const help = fields.find((field) => field.textContent.includes('cvc'))?.querySelector('.help');
    if (help instanceof Element)
      new MutationObserver(() => drawn.push(help.innerHTML)).observe(help, { childList: true });
  });
  const give = (markups: readonly string[]): Promise<readonly string[]> =>
    tab.run(async (all) => {
      window.raw.patience = 10_000;
      const refused: string[] = [];
      for (const markup of all) {
        const reply = await window.raw.call(['update'], { texts: { cvc: { help: { markup } } } });
        if (!JSON.stringify(reply).includes('"ok":true')) refused.push(markup);
        // The frame takes so many calls a second and drops the rest.
        await new Promise((resolve) => setTimeout(resolve, 6));
      }
      return refused;
    }, markups);
  // The sanitiser comes when it is needed.
  expect(await give(['<b>loaded</b>'])).toEqual([]);
  await tab.until(['#raw'], () => document.body.textContent.includes('loaded'));
  // A text of its own in each, so that none is taken for the one before.
  const markups = [...HOSTILE_MARKUP, ...PUBLIC_MARKUP, ...markupSoup(60, 7)].map(
    (text, index) => `${String(index)} ${text}`,
  );
  for (let start = 0; start < markups.length; start += AT_ONCE)
    expect(await give(markups.slice(start, start + AT_ONCE))).toEqual([]);
  const drawn = await tab.runIn(['#raw'], () => (window as unknown as { readonly drawn: readonly string[] }).drawn);
  expect(drawn.length).toBeGreaterThan(markups.length);
  expect(drawn.filter((html) => !EMPHASIS.test(html))).toEqual([]);
  expect(drawn.some((html) => html.includes('<b>'))).toBe(true);
  // What is left stays the same when it is parsed once more: nothing mutates into something else.
  const mutated = await tab.run((all) => {
    const parse = (markup: string): string =>
      new DOMParser().parseFromString(`<p>${markup}`, 'text/html').querySelector('p')?.innerHTML ?? '';
    return all.filter((markup) => parse(markup) !== markup);
  }, drawn);
  expect(mutated).toEqual([]);
});

test('A43 A69 no script but the one of its document runs in a frame', async ({ tab, world }) => {
  const bench = new EngineBench(tab, world);
  await bench.mountCard(MODE);
  await bench.enter(MODE);
  const foreign = world.hosts.serve('/vendor.js', { type: 'text/javascript', body: 'globalThis.ran = true;' });
  const urls = [
    `${world.hosts.origin('ads')}${foreign}`,
    'data:text/javascript,globalThis.ran=true',
    ...[...world.site.files.keys()].filter((path) => path === '/reveal.html'),
  ];
  expect(urls).toHaveLength(3);
  const attempt = (sources: readonly string[]): Promise<readonly string[]> =>
    Promise.all(
      sources.map(
        (src) =>
          new Promise<string>((resolve) => {
            const script = document.createElement('script');
            script.onload = () => resolve('ran');
            script.onerror = () => resolve('refused');
            try {
              script.src = src;
            } catch {
              resolve('refused');
            }
            document.head.append(script);
          }),
      ),
    );
  for (const place of [FORM, ['iframe[src$="/coordinator.html"]']]) {
    expect(await tab.runIn(place, attempt, urls)).toEqual(urls.map(() => 'refused'));
    expect(await tab.runIn(place, () => 'ran' in globalThis)).toBe(false);
  }
  expect(await tab.run(attempt, urls.slice(0, 2))).toEqual(['ran', 'ran']);
});

test('A50 A56 A59 a form has its fields and no others, and tells each service of the browser to keep out', async ({
  tab,
  world,
}) => {
  const bench = new EngineBench(tab, world);
  await bench.mountCard(MODE);
  await bench.enter(MODE);
  const taking = 'input,textarea,select,form,iframe,object,embed,[contenteditable],[role=textbox],[name]';
  const inventory = (css: string): readonly (readonly (string | null)[])[] =>
    [...document.querySelectorAll(css)]
      .filter(({ localName }) => localName !== 'meta')
      .map((one) => {
        const { width, height } = one.getBoundingClientRect();
        const names = ['autocomplete', 'spellcheck', 'autocorrect', 'translate', 'writingsuggestions', 'name'];
        const seen = width * height > 100 ? 'seen' : 'unseen';
        return [seen, one.localName, ...names.map((name) => one.getAttribute(name))];
      });
  const kept = ['false', 'off', 'no', 'false', null];
  const expected = ['cc-number', 'cc-exp', 'off', 'cc-name'].map((word) => ['seen', 'input', word, ...kept]);
  expect(await tab.runIn(FORM, inventory, taking)).toEqual(expected);
  expect(await tab.runIn(['iframe[src$="/coordinator.html"]'], inventory, taking)).toEqual([]);
  await tab.runIn(FORM, () => {
    document.body.append(Object.assign(document.createElement('input'), { hidden: true }));
  });
  expect(await tab.runIn(FORM, inventory, taking)).toContainEqual(expect.arrayContaining(['unseen', 'input']));
});

test('A52 a page that takes the focus between two digits hears the same after any of them', async ({ tab, world }) => {
  const bench = new EngineBench(tab, world);
  await bench.mountCard(MODE);
  await tab.run(() => {
    Object.assign(window, { heard: [] });
    const { heard } = window as unknown as { readonly heard: string[] };
    for (const type of ['change', 'focus', 'blur', 'enter', 'escape', 'error'] as const)
      window.form.on(type, (event) => heard.push(`${type} ${JSON.stringify(event)}`));
  });
  const heardAfter = async (digits: string): Promise<string> => {
    await tab.run(() => {
      window.form.reset();
    });
    await tab.until([], () => window.form.state.fields['number']?.touched === false);
    await tab.run(() => {
      (window as unknown as { heard: string[] }).heard.length = 0;
    });
    await bench.type('number', digits, MODE);
    await tab.click([], '#before');
    const left = (): boolean =>
      (window as unknown as { heard: string[] }).heard.some((what) => what.startsWith('blur'));
    await tab.until([], left);
    return tab.run(() => (window as unknown as { heard: string[] }).heard.join('\n'));
  };
  const first = await heardAfter('4');
  // From twelve digits on a number may be complete (docs/adr/0003).
  for (const digits of ['42', '5555', '42424242424']) expect(await heardAfter(digits)).toBe(first);
  expect(await heardAfter('4242424242424242')).not.toBe(first);
});

test('A64 a fragment or a search for a text moves nothing, selects nothing and tells nothing', async ({
  tab,
  world,
}) => {
  const bench = new EngineBench(tab, world);
  await bench.mountCard(MODE);
  await bench.fill(VISA, MODE);
  await tab.run(() => {
    document.body.style.paddingBlock = '3000px';
    window.scrollTo(0, 0);
  });
  const look = async (): Promise<unknown> => [
    await tab.runIn(FORM, () => [window.scrollX, window.scrollY, document.querySelector(':target')?.className ?? '']),
    await tab.run(() => window.scrollY),
    await tab.run(() => window.form.state),
  ];
  const before = await look();
  for (const probe of ['#:~:text=4242', '#:~:text=Card%20number', '#:~:text=Jos%C3%A9', '#nothing']) {
    await tab.run((hash) => {
      const iframe = document.querySelector<HTMLIFrameElement>('#card iframe');
      if (iframe !== null) iframe.src = new URL(hash, iframe.src).href;
    }, probe);
    // What a fragment does is done when the next two pictures are drawn.
    await tab.run(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(null)))),
    );
    expect(await look(), probe).toEqual(before);
  }
  const ids = await tab.runIn(FORM, () => Array.from(document.querySelectorAll('[id]'), ({ id }) => id));
  expect(ids.filter((id) => !/^field-\d(?:-help|-error)?$/u.test(id))).toEqual([]);
  expect(ids.length).toBeGreaterThanOrEqual(FIELDS.length);
  // An id of ours is found, and that is seen.
  await tab.run(() => {
    const iframe = document.querySelector<HTMLIFrameElement>('#card iframe');
    if (iframe !== null) iframe.src = new URL('#field-1', iframe.src).href;
  });
  await tab.until(FORM, () => document.querySelector(':target') !== null);
  expect(await bench.submit()).toMatchObject({ ok: true });
});

/** States in which a page may destroy its client; each runs in the page, and answers what is then cut off. */
const STATES: readonly (readonly [title: string, begin: () => Promise<unknown> | null])[] = [
  ['before anything', () => null],
  ['while a frame loads', () => window.form.mount('#card', { layout: [['number']] })],
  [
    'while it asks for a session',
    () => window.form.mount('#card', { layout: [['name']] }).then(() => window.form.submit()),
  ],
  [
    'while a view is asked to show',
    () => {
      const view = window.client.reveal();
      const value = view.value('00000000-0000-4000-8000-000000000000', { label: 'x' });
      return value.mount('#reveal').then(() => view.show());
    },
  ],
];

test('A13 A70 destroy leaves nothing in any state, every promise ends with a code, and a new client works', async ({
  tab,
  world,
}) => {
  const bench = new EngineBench(tab, world);
  await bench.open();
  const count = (): Promise<number> => tab.run(() => document.querySelectorAll('*').length);
  await tab.run(() => {
    Object.assign(window, { unhandled: 0 });
    window.addEventListener('unhandledrejection', () => ((window as unknown as { unhandled: number }).unhandled += 1));
  });
  const before = await count();
  for (const [title, begin] of STATES) {
    await tab.run(() => {
      window.client = window.makeClient();
      window.form = window.client.collect('cards');
      Object.assign(window, { code: 'pending' });
    });
    // The state's own function, and what becomes of its promise: it is written down, not awaited.
    await tab.driver.evaluate(
      [],
      `void (${String(begin)})()?.then(() => { window.code = 'done'; }, (error) => { window.code = error.code; })`,
    );
    const code = await tab.run(async () => {
      window.client.destroy();
      window.client.destroy();
      await new Promise((resolve) => setTimeout(resolve, 50));
      return (window as unknown as { readonly code: string }).code;
    });
    // A driver may come so late that the frame has loaded.
    const ends = { 'before anything': /^pending$/u, 'while a frame loads': /^(?:destroyed|done)$/u }[title];
    expect(code, title).toMatch(ends ?? /^(?:destroyed|invalid)$/u);
    expect(await count(), title).toBe(before);
  }
  expect(await tab.run(() => (window as unknown as { readonly unhandled: number }).unhandled)).toBe(0);
  expect(await bench.tryMount(MODE)).toBeNull();
  await bench.fill(VISA, MODE);
  expect(await bench.submit()).toMatchObject({ ok: true });
});
