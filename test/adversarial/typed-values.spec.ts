import type { Page } from '@playwright/test';
import { BenchPage, FIELDS, LABELS, VISA, type Heard, type Mode } from '../support/bench-page.js';
import { expect, test } from '../support/test.js';
import type { World } from '../support/world.js';

declare global {
  interface Window {
    written: string[];
  }
}

const MODE: Mode = 'one frame';

/** Empties the form, and what was heard of it. */
async function empty(bench: BenchPage): Promise<void> {
  await bench.page.evaluate(() => {
    window.form.reset();
  });
  for (const field of FIELDS) await expect(bench.input(field, MODE)).toHaveValue('');
  await expect
    .poll(async () => (await bench.state()).fields['number'])
    .toMatchObject({ status: 'empty', touched: false });
  await bench.page.evaluate(() => {
    window.heard.length = 0;
  });
}

async function mounted(page: Page, world: World): Promise<BenchPage> {
  const bench = new BenchPage(page, world);
  await bench.mountCard(MODE);
  await bench.fill(VISA, MODE);
  return bench;
}

test.describe('what is typed', () => {
  test('A35 is never in an attribute or a text of the document', async ({ page, world }) => {
    const bench = new BenchPage(page, world);
    await bench.mountCard(MODE);
    const frame = await bench.frameOf('number', MODE);
    await frame.evaluate(() => {
      window.written = [];
      const read = (): void => void window.written.push(document.documentElement.outerHTML);
      const watch = { subtree: true, childList: true, attributes: true, characterData: true };
      new MutationObserver(read).observe(document, watch);
    });
    await bench.fill(VISA, MODE);
    expect(await bench.submit()).toMatchObject({ ok: true });
    const written = await frame.evaluate(() => [...window.written, document.documentElement.outerHTML]);
    expect(written.length).toBeGreaterThan(5);
    const secrets = /4242|12\s*\/\s*30|(?<!\d)737(?!\d)|José|Nguyễn/u;
    expect(written.filter((html) => secrets.test(html))).toEqual([]);
    await bench.input('number', MODE).evaluate((input: HTMLInputElement) => {
      input.setAttribute('value', input.value);
    });
    expect(secrets.test(await frame.evaluate(() => document.documentElement.outerHTML))).toBe(true);
  });

  test('A53 A54 is not copied or cut out of number and code, by keys, menu or drag; a name may be', async ({
    page,
    context,
    world,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: world.shop });
    const bench = await mounted(page, world);
    const clipboard = async (): Promise<string> => {
      await page.getByRole('button', { name: 'before' }).focus();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    await page.getByRole('button', { name: 'before' }).focus();
    await page.evaluate(() => navigator.clipboard.writeText('untouched'));
    for (const field of ['number', 'cvc'] as const) {
      const shown = await bench.input(field, MODE).inputValue();
      for (const keys of ['Control+c', 'Control+x', 'Control+Insert', 'Shift+Delete']) {
        await bench.input(field, MODE).focus();
        await page.keyboard.press('Control+a');
        await page.keyboard.press(keys);
        expect(await clipboard(), `${field} ${keys}`).toBe('untouched');
        await expect(bench.input(field, MODE)).toHaveValue(shown);
      }
      const dragged = await bench.input(field, MODE).evaluate((input) => {
        return input.dispatchEvent(new DragEvent('dragstart', { bubbles: true, cancelable: true }));
      });
      expect(dragged).toBe(false);
    }
    await bench.input('name', MODE).focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+c');
    expect(await clipboard()).toBe(VISA.name);
  });

  test('A58 does not come back when the shopper goes on and back', async ({ page, world }) => {
    const bench = await mounted(page, world);
    await page.goto(`${world.hosts.origin('shop')}/bench?elsewhere`);
    await page.goBack();
    // Kept or loaded anew: if there are fields, there is nothing in them.
    for (const frame of page.frames().slice(1))
      for (const input of await frame.locator('input').all()) await expect(input).toHaveValue('');
    expect(await bench.tryMount(MODE)).toBeNull();
    for (const field of FIELDS) await expect(bench.input(field, MODE).last(), LABELS[field]).toHaveValue('');
  });

  test('A58 is cleared when the document is hidden for going back', async ({ page, world }) => {
    const bench = await mounted(page, world);
    await expect(bench.input('number', MODE)).not.toHaveValue('');
    const frame = await bench.frameOf('number', MODE);
    await frame.evaluate(() => {
      window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    });
    for (const field of FIELDS) await expect(bench.input(field, MODE)).toHaveValue('');
  });
});

test.describe('a form', () => {
  test('A50 has the declared fields and nothing else that a browser could fill, in any of its frames', async ({
    page,
    world,
  }) => {
    /** Everything that takes text or holds a document, in shadow trees as well; and whether people see it. */
    const inventory = (): readonly string[] => {
      const all = (root: Document | ShadowRoot): Element[] =>
        Array.from(root.querySelectorAll('*')).flatMap((one) => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])]);
      const taking = 'input,textarea,select,form,iframe,object,embed,[contenteditable],[role=textbox],[name]';
      return all(document)
        .filter((one) => one.matches(taking) && one.localName !== 'meta')
        .map((one) => {
          const { width, height } = one.getBoundingClientRect();
          const seen = one.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && width * height > 100;
          return `${seen ? '' : 'unseen '}${one.localName} ${one.getAttribute('autocomplete') ?? ''}`;
        });
    };
    const fields = ['input cc-number', 'input cc-exp', 'input off', 'input cc-name'];
    for (const [mode, expected] of [
      ['one frame', [fields]],
      ['a frame per field', fields.map((field) => [field])],
    ] as const) {
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode);
      await bench.enter(mode);
      await expect.poll(() => page.frames().length).toBe(expected.length + 2);
      const found = await Promise.all(
        page
          .frames()
          .slice(1)
          .map((frame) => frame.evaluate(inventory)),
      );
      // The coordinator's document has none.
      expect(found.toSorted(), mode).toEqual([...expected, []].toSorted());
    }
    const frame = page.frames().find((each) => each.url().includes('/collect.html'));
    await frame?.evaluate(() => {
      const hidden = document.createElement('input');
      hidden.hidden = true;
      document.body.append(hidden);
    });
    expect(await frame?.evaluate(inventory)).toContain('unseen input ');
  });

  test('A71 hears no key that is pressed outside of its fields, in the page or in the frame', async ({
    page,
    world,
  }) => {
    const bench = new BenchPage(page, world);
    await bench.mountCard(MODE);
    const frame = await bench.frameOf('number', MODE);
    await frame.evaluate(() => {
      window.written = [];
      window.addEventListener('keydown', ({ key }) => window.written.push(key));
    });
    // As a reader of magnetic stripes types.
    const stripe = '%B4242424242424242^NGUYEN/JOSE^3012?';
    await bench.input('number', MODE).click();
    await frame.evaluate(() => {
      document.querySelector('input')?.blur();
    });
    await expect.poll(async () => (await bench.state()).fields['number']?.touched).toBe(true);
    await bench.listen();
    await page.keyboard.type(stripe);
    expect(await frame.evaluate(() => window.written.join(''))).toContain('4242424242424242');
    await page.getByRole('button', { name: 'before' }).focus();
    await page.keyboard.type(stripe);
    for (const field of FIELDS) await expect(bench.input(field, MODE)).toHaveValue('');
    expect(await bench.heard('change', 'focus', 'enter')).toEqual([]);
    await bench.type('number', VISA.number, MODE);
    await expect(bench.input('number', MODE)).toHaveValue('4242 4242 4242 4242');
  });

  test('A52 a page that takes the focus between two digits hears the same after any of them', async ({
    page,
    world,
  }) => {
    const bench = new BenchPage(page, world);
    await bench.mountCard(MODE);
    await bench.listen();
    const heardAfter = async (digits: string): Promise<string> => {
      await empty(bench);
      await bench.input('number', MODE).click();
      await page.keyboard.type(digits);
      await page.getByRole('button', { name: 'before' }).focus();
      await expect.poll(async () => (await bench.heard('blur')).length).toBe(1);
      return JSON.stringify(await bench.heard('change', 'focus', 'blur', 'enter', 'escape', 'error'));
    };
    const first = await heardAfter('4');
    // From twelve digits on a number may be complete (docs/adr/0003).
    for (const digits of ['42', '5555', '3782822', '6011000990', '42424242424'])
      expect(await heardAfter(digits)).toBe(first);
    expect(await heardAfter('4242424242424242')).not.toBe(first);
  });

  for (const mode of ['one frame', 'a frame per field'] as const) {
    test(`A52 moves the focus only when it is told to, only to its own fields, and never on, ${mode}`, async ({
      page,
      world,
    }) => {
      await page.addInitScript(() => {
        window.written = [];
        const { focus } = HTMLElement.prototype;
        HTMLElement.prototype.focus = function (...options) {
          window.written.push(this.localName);
          focus.apply(this, options);
        };
        window.focus = () => window.written.push('window');
      });
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode);
      for (const field of FIELDS) {
        await bench.type(field, VISA[field], mode);
        await expect(bench.input(field, mode)).toBeFocused();
      }
      const moves = async (): Promise<readonly string[]> => {
        const frames = page.frames().slice(1);
        return (await Promise.all(frames.map((frame) => frame.evaluate(() => window.written)))).flat();
      };
      expect(await moves()).toEqual([]);
      await page.evaluate(() => {
        window.form.field('expiry').focus();
      });
      await expect(bench.input('expiry', mode)).toBeFocused();
      expect(await moves()).toEqual(['input']);
    });
  }
});

test.describe('what is pasted', () => {
  test('A55 is taken as text, as much as fits, and the page hears no more than of typing', async ({
    page,
    context,
    world,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: world.shop });
    const bench = new BenchPage(page, world);
    await bench.mountCard(MODE);
    await bench.listen();
    const paste = async (field: 'number' | 'name', plain: string, html?: string): Promise<void> => {
      await page.getByRole('button', { name: 'before' }).focus();
      await page.evaluate(
        async ([text, markup]) => {
          const parts = { 'text/plain': text, ...(markup === undefined ? {} : { 'text/html': markup }) };
          await navigator.clipboard.write([new ClipboardItem(parts)]);
        },
        [plain, html] as const,
      );
      await empty(bench);
      await bench.input(field, MODE).focus();
      await page.keyboard.press('Control+v');
    };
    const markup = '<img src="https://thief.localhost/x"><b onclick="x()">5555555555554444</b>';
    await paste('number', ' 4242-4242\n4242 4242\t', markup);
    await expect(bench.input('number', MODE)).toHaveValue('4242 4242 4242 4242');
    await paste('name', 'Zo\u0000e\r\nLee', markup);
    await expect(bench.input('name', MODE)).toHaveValue(/^Zo.?e.?Lee$/u);
    for (const [field, text] of [
      ['number', '4'.repeat(1_000_000)],
      ['name', 'n'.repeat(1_000_000)],
    ] as const) {
      await paste(field, text);
      const input = bench.input(field, MODE);
      await expect(input).not.toHaveValue('');
      const { held, most } = await input.evaluate((one: HTMLInputElement) => ({
        held: one.value.length,
        most: one.maxLength,
      }));
      expect(held, field).toBeLessThanOrEqual(most);
    }
    // The same text, pasted and put in at once by other means: the page cannot tell which.
    await paste('number', VISA.number);
    await expect(bench.input('number', MODE)).toHaveValue('4242 4242 4242 4242');
    const changes = (): Promise<readonly Heard[]> => bench.heard('change', 'enter', 'escape', 'error');
    await expect.poll(async () => JSON.stringify(await changes())).toContain('"valid"');
    const pasted = await changes();
    await page.getByRole('button', { name: 'before' }).focus();
    await empty(bench);
    await bench.input('number', MODE).focus();
    await page.keyboard.insertText(VISA.number);
    await expect.poll(changes).toEqual(pasted);
  });
});
