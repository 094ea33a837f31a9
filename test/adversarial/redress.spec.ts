import type { BrowserContext, FrameLocator, Locator, Page } from '@playwright/test';
import { VISA } from '../support/bench-page.js';
import { HIDDEN, paidCard } from '../support/paid-card.js';
import { Dresser, HARMLESS, HIDING, MASK } from '../support/redress.js';
import { recordRequests } from '../support/requests.js';
import { RevealBench, type Shown } from '../support/reveal-bench.js';
import { serveSession } from '../support/session-desk.js';
import { expect, test } from '../support/test.js';
import type { World } from '../support/world.js';

const MODE = 'one frame';
const PLAIN = '4242 4242 4242 4242';
/** Milliseconds in which a value must be gone, and in which nothing else happens. */
const PROMISED = 300;
const ENOUGH = 500;

interface Displayed {
  readonly bench: RevealBench;
  readonly dresser: Dresser;
}

async function displayed(
  page: Page,
  world: World,
  { session = '/session', ...more }: Partial<Shown> & { readonly session?: string } = {},
): Promise<Displayed> {
  const [number, ...others] = await paidCard(page, world, { hideAfter: 600, ...more });
  if (number === undefined) throw new Error('nothing to show');
  const bench = new RevealBench(page, world);
  await bench.mount(MODE, more.copy === true ? [number] : [number, ...others], { session });
  const frame = page.frames().find((each) => each.url().endsWith('/reveal.html'));
  if (frame === undefined) throw new Error('no frame');
  return { bench, dresser: await Dresser.hire(page, frame) };
}

// By their tags: what is hidden has no role.
const frameOf = (bench: RevealBench): FrameLocator => bench.page.frameLocator('#reveal iframe');
const value = (bench: RevealBench): Locator => frameOf(bench).locator('output').first();
const copyButton = (bench: RevealBench): Locator => frameOf(bench).locator('button');

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? NaN;

test.describe('a page that redresses a frame', { tag: '@alone' }, () => {
  test('A47 A49 loses the value in less than 300 ms and hears why, whatever it does; an honest one does not', async ({
    page,
    world,
  }, info) => {
    const { bench, dresser } = await displayed(page, world);
    const times: number[] = [];
    for (const redress of HIDING) {
      expect(await bench.show(), redress.name).toMatchObject({ ok: true, states: [{ status: 'shown' }, {}, {}] });
      const begun = await dresser.dress(redress);
      await expect.poll(() => dresser.blankedAt(), redress.name).toBeDefined();
      times.push(((await dresser.blankedAt()) ?? Infinity) - begun);
      await expect
        .poll(async () => (await bench.states())[0], redress.name)
        .toMatchObject({ status: 'hidden', code: 'hidden' });
      expect(await value(bench).textContent(), redress.name).toBe(HIDDEN);
      await dresser.undress();
    }
    info.annotations.push({ type: 'milliseconds', description: times.map(Math.round).join(' ') });
    expect(median(times)).toBeLessThan(PROMISED);
    expect(await bench.show()).toMatchObject({ ok: true });
    for (const redress of HARMLESS) {
      await dresser.dress(redress);
      await page.waitForTimeout(PROMISED);
      expect(await dresser.blankedAt(), redress.name).toBeUndefined();
      await expect(value(bench)).toHaveText(PLAIN);
      await dresser.undress();
    }
  });

  test('A47 is not shown what it would hide, and is waited for while it fades in', async ({ page, world }) => {
    const { bench, dresser } = await displayed(page, world);
    await dresser.dress({ name: 'faded', at: '#reveal', style: { opacity: '.5' } });
    // Until the browser has told the frame how it looks, it shows and blanks again.
    await expect
      .poll(async () => {
        expect(await bench.show()).toMatchObject({ ok: true });
        return (await bench.states()).map(({ status, code }) => [status, code]);
      })
      .toEqual(Array(3).fill(['failed', 'hidden']));
    await page.evaluate(() => {
      const card = document.querySelector<HTMLElement>('#reveal');
      card?.animate([{ transform: 'rotateY(180deg)' }, { transform: 'rotateY(0)' }], 400);
      if (card !== null) card.style.opacity = '';
    });
    expect(await bench.show()).toMatchObject({ ok: true, states: [{ status: 'shown' }, {}, {}] });
    await expect(value(bench)).toHaveText(PLAIN);
  });

  test('A47 has no button to press before people have seen it for half a second, all of it', async ({
    page,
    world,
  }) => {
    const { bench, dresser } = await displayed(page, world, { copy: true });
    const button = copyButton(bench);
    await button.evaluate((element: HTMLButtonElement) => {
      const output = document.querySelector('output');
      const since: Partial<Record<'shown' | 'enabled', number>> = {};
      new MutationObserver(() => {
        if (output?.dataset['status'] === 'shown') since.shown ??= performance.now();
        if (!element.disabled) since.enabled ??= performance.now();
        document.body.dataset['waited'] = String((since.enabled ?? NaN) - (since.shown ?? NaN));
      }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['disabled', 'data-status'] });
    });
    await bench.show();
    await expect(button).toBeEnabled();
    expect(Number(await button.evaluate(() => document.body.dataset['waited']))).toBeGreaterThanOrEqual(ENOUGH);
    // The page leaves the button and cuts into the value: people still read most of it, but the button is off at once.
    await dresser.dress({ name: 'cut into', at: '#reveal', style: { clipPath: 'inset(0 0 0 20%)' } });
    await expect(button).toBeDisabled();
    await expect(value(bench)).toHaveText(PLAIN);
    await button.evaluate((element: HTMLButtonElement) => {
      element.click();
    });
    await dresser.undress();
    await expect(button).toBeEnabled();
    await expect(button).toHaveText('Copy');
  });

  test('A47 A49 the first test would notice: a browser that cannot tell leaves the value there', async ({
    page,
    world,
  }) => {
    await page.addInitScript(() => {
      Reflect.deleteProperty(IntersectionObserverEntry.prototype, 'isVisible');
    });
    const { bench, dresser } = await displayed(page, world);
    expect(await bench.show()).toMatchObject({ ok: true });
    await dresser.dress({ name: 'half transparent', at: '#reveal', style: { opacity: '.5' } });
    await page.waitForTimeout(ENOUGH);
    expect(await dresser.blankedAt()).toBeUndefined();
    await dresser.undress();
    // What every browser can tell still hides it: too little of it is there.
    for (const redress of HIDING.filter(({ name }) =>
      ['clipped', 'cut off', 'not displayed', 'beside the page'].includes(name),
    )) {
      expect(await bench.show(), redress.name).toMatchObject({ ok: true, states: [{ status: 'shown' }, {}, {}] });
      await dresser.dress(redress);
      await expect(value(bench), redress.name).toHaveText(HIDDEN);
      await dresser.undress();
    }
  });
});

test.describe('a click that a page has won', () => {
  const clipboard = async (page: Page, context: BrowserContext, world: World): Promise<string> => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: world.shop });
    await page.getByRole('button', { name: 'before' }).focus();
    return page.evaluate(() => navigator.clipboard.readText());
  };

  test('A48 authorises nothing: under a mask that nobody can notice, only what a session granted is there', async ({
    page,
    context,
    world,
  }) => {
    await context.grantPermissions(['clipboard-write'], { origin: world.elements });
    const session = serveSession(world, '/session-for-another', () => ({
      purpose: 'reveal',
      tokens: ['00000000-0000-4000-8000-000000000000'],
      origin: world.shop,
      redaction: 'plain',
      uses: 1,
      minutes: 5,
    }));
    const { bench, dresser } = await displayed(page, world, { copy: true, session });
    const requests = recordRequests(page);
    await dresser.dress(MASK);
    // Where the button would be: hidden, and without any effect.
    await expect(copyButton(bench)).toBeHidden();
    await page
      .frameLocator('#reveal iframe')
      .locator('.value-row')
      .click({ position: { x: 5, y: 5 } });
    await copyButton(bench).dispatchEvent('click');
    await expect(value(bench)).toHaveText(HIDDEN);
    expect(requests.filter((line) => line.includes(world.vaultUrl))).toEqual([]);
    // A session that the backend refuses shows nothing, however often somebody clicks.
    const refused = await bench.show();
    expect(refused.ok && refused.states[0]?.status === 'shown').toBe(false);
    await copyButton(bench).dispatchEvent('click');
    await expect(value(bench)).not.toHaveText(PLAIN);
    await page.evaluate(() => navigator.clipboard.writeText('untouched')).catch(() => undefined);
    expect(await clipboard(page, context, world)).not.toContain('4242');
  });
});

test.describe('what leaves a reveal frame', () => {
  test('A53 A54 only by its button, as plain text: not by keys or by dragging', async ({ page, context, world }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: world.shop });
    await context.grantPermissions(['clipboard-write'], { origin: world.elements });
    const { bench } = await displayed(page, world, { copy: true });
    await bench.show();
    const read = async (): Promise<readonly string[]> => {
      await page.getByRole('button', { name: 'before' }).focus();
      return page.evaluate(async () => {
        const items = await navigator.clipboard.read();
        const texts = items.flatMap((item) =>
          item.types.map(async (type) => `${type} ${await (await item.getType(type)).text()}`),
        );
        return Promise.all(texts);
      });
    };
    await page.getByRole('button', { name: 'before' }).focus();
    await page.evaluate(() => navigator.clipboard.writeText('untouched'));
    await value(bench).click({ clickCount: 3 });
    for (const keys of ['Control+a', 'Control+c', 'Control+Insert', 'Control+x']) await page.keyboard.press(keys);
    // The label may go; the value does not.
    expect((await read()).join()).not.toMatch(/4242|••/u);
    expect(await value(bench).evaluate(() => String(document.getSelection()))).not.toContain('42');
    for (const type of ['copy', 'cut', 'dragstart'])
      expect(
        await value(bench).evaluate(
          (output, name) => output.dispatchEvent(new Event(name, { cancelable: true })),
          type,
        ),
        type,
      ).toBe(false);
    const button = copyButton(bench);
    await expect(button).toBeEnabled();
    await button.click();
    await expect(button).toHaveText('Copied');
    expect(await read()).toEqual([`text/plain ${VISA.number}`]);
  });

  test('A53 what was copied is taken back from the clipboard, unless somebody has been elsewhere', async ({
    page,
    context,
    world,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: world.shop });
    await context.grantPermissions(['clipboard-write'], { origin: world.elements });
    await page.addInitScript(() => {
      const { setTimeout } = window;
      const quick = (handler: TimerHandler, wait?: number, ...rest: unknown[]): unknown =>
        setTimeout(handler, wait === 30_000 ? 400 : wait, ...rest);
      Object.assign(window, { setTimeout: quick });
    });
    const { bench } = await displayed(page, world, { copy: true });
    const button = copyButton(bench);
    const copyThen = async (next: () => Promise<unknown>): Promise<string> => {
      await bench.show();
      await expect(button).toBeEnabled();
      await button.click();
      await expect(button).toHaveText('Copied');
      await next();
      await page.waitForTimeout(600);
      await page.getByRole('button', { name: 'before' }).focus();
      return page.evaluate(() => navigator.clipboard.readText());
    };
    expect(await copyThen(() => page.getByRole('button', { name: 'before' }).focus())).toBe(VISA.number);
    expect(await copyThen(() => Promise.resolve())).toBe('');
  });

  test('A31 A35 its size and its attributes are the same for every value, shown or not', async ({ page, world }) => {
    const { bench } = await displayed(page, world);
    const frame = page.frames().find((each) => each.url().endsWith('/reveal.html'));
    await page.evaluate(() => {
      const iframe = document.querySelector('#reveal iframe');
      new ResizeObserver(() => {
        document.body.dataset['sizes'] = `${document.body.dataset['sizes'] ?? ''} ${String(iframe?.clientHeight)}`;
      }).observe(iframe ?? document.body);
    });
    const sizes = async (): Promise<string> => (await page.locator('body').getAttribute('data-sizes')) ?? '';
    await expect.poll(sizes).toMatch(/^ \d+$/u);
    const before = await sizes();
    await bench.show();
    await expect(value(bench)).toHaveText(PLAIN);
    const attributes = (): readonly string[] =>
      Array.from(document.querySelectorAll('*')).flatMap((one) => Array.from(one.attributes, ({ value }) => value));
    expect((await frame?.evaluate(attributes))?.filter((text) => /4242|José|12\/30/u.test(text))).toEqual([]);
    // A value of every length, as a vault might send it: the frame does not grow and the page hears of no size.
    for (const text of ['4', 'x'.repeat(1000), 'W W '.repeat(200), '漢'.repeat(300), 'a\nb\nc', '\u202e1234'])
      await value(bench).evaluate((output, shown) => {
        output.textContent = shown;
      }, text);
    await page.waitForTimeout(PROMISED);
    expect(await sizes()).toBe(before);
    // It would be noticed.
    await frame?.evaluate(() => {
      document.querySelector('main')?.append(document.createElement('p'), 'one line more');
    });
    await expect.poll(sizes).not.toBe(before);
  });
});
