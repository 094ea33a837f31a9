import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { findChromium } from '../../scripts/browser.mjs';
import { BenchPage, FIELDS, VISA, type Card } from '../support/bench-page.js';
import { Heap } from '../support/heap.js';
import { charactersIn } from '../support/printed.js';
import { filesWith } from '../support/profile.js';
import { deafen, revealFrame, shownCard } from '../support/shown-card.js';
import { expect, test } from '../support/test.js';

const MODE = 'one frame';
const executablePath = findChromium() ?? '';
/** Its code is no text that stands in any script. */
const AMEX: Card = { number: '378282246310005', expiry: '1131', cvc: '8371', name: 'Zoltán Kovács' };

/** Takes the rules for print out of a frame's look. */
const dropPrintRules = (): void => {
  for (const sheet of document.adoptedStyleSheets)
    for (let index = sheet.cssRules.length - 1; index >= 0; index -= 1)
      if (sheet.cssRules[index]?.cssText.startsWith('@media print') === true) sheet.deleteRule(index);
};

const printed = async (page: Page): Promise<string> => charactersIn(await page.pdf());

/** Characters that are in the values and in nothing else. */
const expectValues = (characters: string): void => {
  for (const character of '/24ễ') expect(characters).toContain(character);
};

test.describe('a page that is printed', () => {
  test('A56 has nothing of what was typed', async ({ page, world }) => {
    const bench = new BenchPage(page, world);
    await bench.mountCard(MODE);
    await bench.fill(VISA, MODE);
    const characters = await printed(page);
    expect(characters).toContain('C');
    expect(characters).not.toMatch(/[0-9/éễJ]/u);
    await expect(bench.input('number', MODE)).toHaveValue('4242 4242 4242 4242');
    // It would be found.
    await (await bench.frameOf('number', MODE)).evaluate(dropPrintRules);
    expectValues(await printed(page));
  });

  test('A56 has nothing of what is shown, and the value hides', async ({ page, world }) => {
    const bench = await shownCard(page, world);
    const characters = await printed(page);
    expect(characters).toContain('Y');
    expect(characters).not.toMatch(/[0-9/éễJ]/u);
    await expect.poll(() => bench.states()).toMatchObject(Array(3).fill({ status: 'hidden', code: 'hidden' }));
  });

  test('A56 either guard is enough, and without both it would be found', async ({ page, world }) => {
    await page.addInitScript(deafen, 'beforeprint');
    const bench = await shownCard(page, world);
    expect(await printed(page)).not.toMatch(/[0-9/éễJ]/u);
    expect(await bench.show()).toMatchObject({ ok: true });
    await revealFrame(page).evaluate(dropPrintRules);
    expectValues(await printed(page));
  });
});

test.describe('services of the browser', () => {
  test('A56 A59 are told to keep out: no correction, translation, suggestion, and the right words for autofill', async ({
    page,
    world,
  }) => {
    const bench = new BenchPage(page, world);
    await bench.mountCard(MODE);
    const autofill = { number: 'cc-number', expiry: 'cc-exp', cvc: 'off', name: 'cc-name' } as const;
    for (const field of FIELDS) {
      const input = bench.input(field, MODE);
      for (const [name, value] of Object.entries({
        spellcheck: 'false',
        autocorrect: 'off',
        translate: 'no',
        writingsuggestions: 'false',
        autocomplete: autofill[field],
      }))
        await expect(input, field).toHaveAttribute(name, value);
      expect(await input.evaluate((element: HTMLInputElement) => [element.form, element.name])).toEqual([null, '']);
    }
  });

  test('A57 frames may not record a screen, whatever the page hands to them', async ({ page, world }) => {
    const allowed = async (host: string, source: string): Promise<boolean> => {
      await page.goto(`${host}/bench`);
      await page.evaluate(
        (src) =>
          new Promise((resolve) => {
            const iframe = document.createElement('iframe');
            iframe.allow = 'display-capture *';
            iframe.src = src;
            iframe.addEventListener('load', resolve);
            document.body.append(iframe);
          }),
        source,
      );
      const frame = page.frames().find((each) => each.url() === source);
      return (
        (await frame?.evaluate(() => {
          const policy = (document as { featurePolicy?: { allowsFeature(name: string): boolean } }).featurePolicy;
          return policy?.allowsFeature('display-capture');
        })) ?? true
      );
    };
    for (const [path, { headers }] of world.site.files)
      if (path.endsWith('.html')) expect(headers['Permissions-Policy'], path).toContain('display-capture=()');
    for (const role of ['collect', 'reveal', 'coordinator'])
      expect(await allowed(world.shop, `${world.elements}/${role}.html`), role).toBe(false);
    expect(await allowed(world.shop, `${world.hosts.origin('ads')}/bench`)).toBe(true);
  });
});

test.describe('what stays behind', () => {
  /** Runs in a browser with a profile on disk; answers which of its files hold which texts afterwards. */
  async function remains<T>(
    use: (page: Page) => Promise<void>,
    look: (find: (texts: readonly string[]) => Promise<readonly string[]>) => Promise<T>,
  ): Promise<T> {
    const folder = await mkdtemp(join(tmpdir(), 'cloister-profile-'));
    try {
      const context = await chromium.launchPersistentContext(folder, { executablePath, headless: true });
      await use(await context.newPage());
      await context.close();
      return await look((texts) => filesWith(folder, texts));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  test('A59 A60 nothing in any file of the browser’s profile, after a card was paid with and shown', async ({
    world,
  }) => {
    const marks = { typed: 'Wilhelmina Xylander', stored: 'Quirinus-Beispiel' };
    world.hosts.serve('/plain-form', { body: '<input id="holder">' });
    const found = await remains(
      async (page) => {
        await shownCard(page, world);
        const bench = new BenchPage(page, world);
        await bench.mountCard(MODE);
        await bench.fill(VISA, MODE);
        // What a page keeps is found, and so is what was typed into an input of its own.
        await page.evaluate((text) => {
          localStorage.setItem('mark', text);
        }, marks.stored);
        const other = await page.context().newPage();
        await other.goto(`${world.shop}/plain-form`);
        await other.locator('#holder').pressSequentially(marks.typed);
        // Browsers write what stands in inputs every few seconds.
        await other.waitForTimeout(3000);
      },
      async (find) => ({
        stored: await find([marks.stored]),
        typed: await find([marks.typed]),
        secrets: await find([VISA.number, '4242 4242', VISA.name, 'Nguyễn', '12/30', '12 / 30', '"737"']),
      }),
    );
    expect(found.stored).not.toEqual([]);
    expect(found.typed).not.toEqual([]);
    expect(found.secrets).toEqual([]);
  });

  test('A70 no code in memory once it is stored, and no value once the form is reset or gone', async ({
    page,
    world,
  }, info) => {
    test.setTimeout(120_000);
    const bench = new BenchPage(page, world);
    await bench.mountCard(MODE);
    const heap = await Heap.of(page, await bench.frameOf('number', MODE));
    const count = (): Promise<Record<'number' | 'cvc' | 'name', number>> =>
      heap.count({
        number: (text) => text.replaceAll(' ', '').includes(AMEX.number.slice(0, 10)),
        cvc: (text) => text === AMEX.cvc,
        name: (text) => text.includes('Kovács'),
      });
    expect(await count()).toEqual({ number: 0, cvc: 0, name: 0 });
    await bench.fill(AMEX, MODE);
    const typed = await count();
    for (const found of Object.values(typed)) expect(found).toBeGreaterThan(0);
    expect(await bench.submit()).toMatchObject({ ok: true });
    const stored = await count();
    await expect(bench.input('cvc', MODE)).toHaveValue('');
    // Neither has undo anything to bring back.
    await bench.input('cvc', MODE).focus();
    await page.keyboard.press('Control+z');
    await expect(bench.input('cvc', MODE)).toHaveValue('');
    await page.evaluate(() => {
      window.form.reset();
    });
    await expect(bench.input('number', MODE)).toHaveValue('');
    const reset = await count();
    info.annotations.push({ type: 'live strings', description: JSON.stringify({ typed, stored, reset }) });
    expect(stored.cvc).toBe(0);
    expect(reset).toEqual({ number: 0, cvc: 0, name: 0 });
  });
});
