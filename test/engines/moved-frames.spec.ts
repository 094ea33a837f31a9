import { VISA, type Mode } from '../support/bench-page.js';
import { EngineBench } from '../support/engines/engine-bench.js';
import { expect, test } from '../support/engines/engine-test.js';

const MODE: Mode = 'one frame';

type Move = (iframe: HTMLIFrameElement) => void;
const MOVES: readonly (readonly [string, Move])[] = [
  // With its fragment the same address would be no navigation (HTML §7.4.2.2).
  ['A13 reloaded', (iframe) => iframe.setAttribute('src', iframe.src.split('#')[0] ?? '')],
  ['A13 sent elsewhere', (iframe) => (iframe.src = 'about:blank')],
  ['A13 taken out and put back', (iframe) => iframe.parentElement?.append(iframe)],
  [
    'A19 opened with other parameters',
    (iframe) => (iframe.src = iframe.src.replace('#', '?env=DEV&debug=1&vault=//thief#')),
  ],
];

for (const [title, move] of MOVES) {
  test(`${title}, a frame is given up, what was typed is gone, and nothing is met again silently`, async ({
    tab,
    world,
  }) => {
    const bench = new EngineBench(tab, world);
    await bench.mountCard(MODE);
    await bench.fill(VISA, MODE);
    await tab.run((source) => {
      Object.assign(window, { errors: 0 });
      window.form.on('error', () => ((window as unknown as { errors: number }).errors += 1));
      const iframe = document.querySelector<HTMLIFrameElement>('#card iframe');
      // The page's own script moves it; the text comes from the table of this test.
      const script = document.createElement('script');
      script.textContent = `window.move = ${source}`;
      document.body.append(script);
      (window as unknown as { move: (moved: HTMLIFrameElement | null) => void }).move(iframe);
    }, String(move));
    await tab.until([], () => (window as unknown as { errors: number }).errors === 1);
    expect(await bench.submit()).toEqual({ ok: false, code: 'unmounted' });
    expect(await tab.run(() => document.querySelectorAll('#card iframe').length)).toBe(0);
    // The same form can be mounted again, by somebody who decides to; and it is empty.
    await tab.run(() => window.form.mount('#card', { layout: [['number']] }));
    expect(await bench.text('number', MODE)).toBe('');
  });
}

test('A20 another fragment leaves the document and what was typed, and nobody reads it', async ({ tab, world }) => {
  const bench = new EngineBench(tab, world);
  await bench.mountCard(MODE);
  await bench.fill(VISA, MODE);
  const before = await tab.run(() => window.form.state);
  await tab.run(() => {
    const iframe = document.querySelector<HTMLIFrameElement>('#card iframe');
    if (iframe !== null) iframe.src = `${iframe.src}#{"env":"DEV","vault":"https://thief.localhost"}`;
  });
  await tab.until(['#card iframe'], () => location.hash !== '');
  expect(await bench.text('number', MODE)).toBe('4242 4242 4242 4242');
  expect(await tab.run(() => window.form.state)).toEqual(before);
  expect(await bench.submit()).toMatchObject({ ok: true });
});

test('A18 a document does not take the welcome of the one before it, and takes its own once', async ({
  tab,
  world,
}) => {
  const bench = new EngineBench(tab, world);
  await bench.openRaw();
  const welcomed = await tab.run(async () => {
    const { raw } = window;
    raw.iframe.setAttribute('src', raw.iframe.src);
    while (raw.hellos.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    const [first, second] = raw.hellos.map(({ frame }) => frame);
    const answers = [];
    for (const id of [first, second, second]) answers.push(await raw.welcome(id ?? ''));
    return { same: first === second, answers };
  });
  expect(welcomed).toEqual({ same: false, answers: [false, true, false] });
});

test('A14 A18 A42 inherited names are no methods, poisoned keys no options, and a recorded setup counts once', async ({
  tab,
  world,
}) => {
  const bench = new EngineBench(tab, world);
  await bench.openRaw();
  const answers = await tab.run(async () => {
    const keys = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"prototype":{"polluted":1}}';
    const evil: unknown = JSON.parse(keys);
    const calls: [string[], unknown][] = [
      [['setup'], {}],
      [['update'], evil],
      [['update'], { texts: evil }],
      [['update'], { appearance: { rules: evil } }],
      [['focus'], { field: '__proto__' }],
      [['clear'], { field: 'constructor' }],
      [['toString'], {}],
      [['constructor'], {}],
      [['__proto__', 'toString'], {}],
      [['update', 'constructor'], 'return 1'],
      [['value'], { field: 'number' }],
    ];
    const replies: string[] = [];
    for (const [method, argument] of calls) replies.push(JSON.stringify(await window.raw.call(method, argument)));
    return replies;
  });
  for (const answer of answers) expect(answer).toMatch(/"ok":false,"code":"(?:message|field|appearance)"/u);
  expect(await tab.run(() => 'polluted' in {})).toBe(false);
  expect(await tab.runIn(['#raw'], () => 'polluted' in {})).toBe(false);
  // A call that is one is answered.
  expect(await tab.run(() => window.raw.call(['clear'], {}))).toMatchObject({ ok: true });
});
