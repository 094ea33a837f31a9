import { FIELDS, VISA, type Mode } from '../support/bench-page.js';
import { EngineBench } from '../support/engines/engine-bench.js';
import { expect, test } from '../support/engines/engine-test.js';
import type { Tab } from '../support/engines/tab.js';

const MODE: Mode = 'one frame';
const FORM = ['#card iframe'];

/** A text area of the page, to copy from and to paste into. */
async function addPad(tab: Tab): Promise<void> {
  await tab.run(() => {
    const pad = document.createElement('textarea');
    pad.id = 'pad';
    document.body.append(pad);
  });
}

async function copyFromPad(tab: Tab, text: string): Promise<void> {
  await tab.run((value) => {
    const pad = document.querySelector<HTMLTextAreaElement>('#pad');
    if (pad !== null) pad.value = value;
  }, text);
  await tab.click([], '#pad');
  await tab.press('a', 'Control');
  await tab.press('c', 'Control');
}

/** What the clipboard holds, by pasting it into the page. */
async function clipboard(tab: Tab): Promise<string> {
  await tab.click([], '#pad');
  await tab.press('a', 'Control');
  await tab.press('v', 'Control');
  return tab.run(() => document.querySelector<HTMLTextAreaElement>('#pad')?.value ?? '');
}

test('A35 what is typed is never in an attribute or a text of the document', async ({ tab, world }) => {
  const bench = new EngineBench(tab, world);
  await bench.mountCard(MODE);
  await tab.runIn(FORM, () => {
    Object.assign(window, { written: [] });
    const read = (): void =>
      void (window as unknown as { written: string[] }).written.push(document.documentElement.outerHTML);
    const watch = { subtree: true, childList: true, attributes: true, characterData: true };
    new MutationObserver(read).observe(document, watch);
  });
  await bench.fill(VISA, MODE);
  expect(await bench.submit()).toMatchObject({ ok: true });
  const written = await tab.runIn(FORM, () => (window as unknown as { written: string[] }).written);
  expect(written.length).toBeGreaterThan(4);
  const secrets = /4242|12\s*\/\s*30|(?<!\d)737(?!\d)|José|Nguyễn/u;
  expect(written.filter((html) => secrets.test(html))).toEqual([]);
  await tab.runIn(FORM, () => {
    const [input] = document.querySelectorAll('input');
    input?.setAttribute('value', input.value);
  });
  expect(await tab.runIn(FORM, () => document.documentElement.outerHTML)).toMatch(secrets);
});

test('A53 what is typed is not copied or cut out of number and code; a name may be', async ({ tab, world }) => {
  const bench = new EngineBench(tab, world);
  await bench.mountCard(MODE);
  await bench.fill(VISA, MODE);
  await addPad(tab);
  await copyFromPad(tab, 'untouched');
  for (const field of ['number', 'cvc'] as const) {
    const shown = await bench.text(field, MODE);
    for (const [key, modifier] of [
      ['c', 'Control'],
      ['x', 'Control'],
      ['Insert', 'Control'],
      ['Delete', 'Shift'],
    ] as const) {
      await bench.focus(field, MODE);
      await tab.press('a', 'Control');
      await tab.press(key, modifier);
      expect(await clipboard(tab), `${field} ${key}`).toBe('untouched');
      // A shopper may delete; WebKit takes Shift+Delete for that, once it may not cut.
      expect([shown, key === 'Delete' ? '' : shown]).toContain(await bench.text(field, MODE));
    }
  }
  await bench.focus('name', MODE);
  await tab.press('a', 'Control');
  await tab.press('c', 'Control');
  expect(await clipboard(tab)).toBe(VISA.name);
});

test('A55 of what is pasted only text that fits is taken, and the page hears nothing of it', async ({ tab, world }) => {
  const bench = new EngineBench(tab, world);
  await bench.mountCard(MODE);
  await addPad(tab);
  await tab.run(() => {
    Object.assign(window, { pastes: 0 });
    document.addEventListener('paste', () => ((window as unknown as { pastes: number }).pastes += 1), true);
  });
  const paste = async (field: 'number' | 'name', text: string): Promise<string> => {
    await copyFromPad(tab, text);
    await bench.focus(field, MODE);
    await tab.press('a', 'Control');
    await tab.press('v', 'Control');
    return bench.text(field, MODE);
  };
  expect(await paste('number', 'My card:\t4242-4242 4242\n4242<b>')).toBe('4242 4242 4242 4242');
  expect(await paste('name', 'Li\u0000\n<img src=x onerror=alert(1)>')).toMatch(/^Li/u);
  expect(await tab.runIn(FORM, () => document.querySelectorAll('img, b').length)).toBe(0);
  expect((await paste('name', 'x'.repeat(200_000))).length).toBeLessThan(1000);
  expect(await tab.run(() => (window as unknown as { pastes: number }).pastes)).toBe(0);
  await clipboard(tab);
  expect(await tab.run(() => (window as unknown as { pastes: number }).pastes)).toBe(1);
});

test('A58 what is typed does not come back when the shopper goes on and back, or reloads', async ({ tab, world }) => {
  const bench = new EngineBench(tab, world);
  await bench.mountCard(MODE);
  await bench.fill(VISA, MODE);
  for (const leave of [
    async () => {
      await tab.goto(`${world.shop}/bench?elsewhere`);
      await tab.driver.back();
    },
    () => tab.driver.reload(),
  ]) {
    await leave();
    await tab.until([], () => 'makeClient' in window);
    // Kept or loaded anew: if there are fields, there is nothing in them.
    if (await tab.run(() => document.querySelector('#card iframe') !== null))
      for (const field of FIELDS) expect(await bench.text(field, MODE)).toBe('');
    else {
      expect(await bench.tryMount(MODE)).toBeNull();
      for (const field of FIELDS) expect(await bench.text(field, MODE)).toBe('');
    }
  }
});

test('A71 keys beside the fields are nobody’s: not in the page, and not in a frame', async ({ tab, world }) => {
  const bench = new EngineBench(tab, world);
  await bench.mountCard(MODE);
  const before = await tab.run(() => window.form.state);
  await tab.click([], '#before');
  await tab.type('4242424242424242');
  await bench.focus('number', MODE);
  await tab.runIn(FORM, () => {
    (document.activeElement as HTMLElement).blur();
  });
  await tab.type('4242424242424242');
  expect(await Promise.all(FIELDS.map((field) => bench.text(field, MODE)))).toEqual(['', '', '', '']);
  expect(await tab.run(() => window.form.state.complete)).toBe(before.complete);
  await bench.type('number', '4242', MODE);
  expect(await bench.text('number', MODE)).toBe('4242');
});
