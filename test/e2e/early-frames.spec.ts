import type { Appearance } from '@cloister/bridge';
import { BenchPage, FIELDS, VISA } from '../support/bench-page.js';
import { EarlyPage } from '../support/early-page.js';
import { laidOut } from '../support/laid-out.js';
import { recordRequests } from '../support/requests.js';
import { expect, test } from '../support/test.js';

const HAS_SDK = '<script src="/cloister.js"></script><script src="/bench.js"></script>';

test.describe('a form in the page’s own markup', () => {
  test('is typed into before the SDK is there, and submitted by it with all that was typed', async ({
    page,
    world,
  }) => {
    const early = new EarlyPage(page, world);
    await early.open();
    await early.type('number', VISA.number);
    await expect(early.input('number')).toHaveValue('4242 4242 4242 4242');
    await early.bringSdk();
    expect(await early.mount()).toBeNull();
    await expect(early.iframes).toHaveCount(1);
    await expect(early.input('number')).toHaveValue('4242 4242 4242 4242');
    expect(await page.evaluate(() => window.form.state.fields['number'])).toMatchObject({ status: 'valid' });
    for (const field of FIELDS.slice(1)) await early.type(field, VISA[field]);
    const bench = new BenchPage(page, world);
    await bench.settled();
    const outcome = await bench.submit();
    expect(outcome).toMatchObject({ ok: true, facts: { number: { brand: 'visa', last4: '4242' } } });
  });

  test('is adopted whether its document or the SDK comes first, with one request for the frame', async ({
    page,
    world,
  }) => {
    for (const scripts of [HAS_SDK, '']) {
      const requests = recordRequests(page);
      const early = new EarlyPage(page, world);
      await page
        .context()
        .newCDPSession(page)
        .then((cdp) => cdp.send('Network.clearBrowserCache'));
      await early.open({ scripts });
      if (scripts === '') {
        await expect(early.input('number')).toBeVisible();
        await early.bringSdk();
      }
      expect(await early.mount()).toBeNull();
      await expect(early.iframes).toHaveCount(1);
      expect(requests.filter((line) => line.includes('/collect.html'))).toHaveLength(1);
      page.removeAllListeners('request');
    }
  });

  test('is there for good when it greets: only a page that wants other words or looks calls for them', async ({
    page,
    world,
  }) => {
    const calls = async (appearance: Appearance): Promise<readonly string[]> => {
      const early = new EarlyPage(page, world);
      await early.open({ scripts: '' });
      await early.type('number', VISA.number);
      await page.evaluate(() => {
        const { postMessage } = MessagePort.prototype;
        window.said = [];
        MessagePort.prototype.postMessage = function (message: { readonly methodPath?: readonly string[] }) {
          if (message.methodPath !== undefined) window.said.push(message.methodPath.join('.'));
          postMessage.call(this, message);
        };
      });
      await early.bringSdk();
      expect(await early.mount(undefined, appearance)).toBeNull();
      await expect(early.input('number')).toHaveValue('4242 4242 4242 4242');
      expect(await page.evaluate(() => window.form.state.fields['number']?.status)).toBe('valid');
      return page.evaluate(() => window.said.filter((each) => each === 'setup'));
    };
    expect(await calls({})).toEqual([]);
    expect(await calls({ theme: 'bare' })).toEqual(['setup']);
  });

  test('mounts under the one directive that a page needs, and moves nothing on the page', async ({ page, world }) => {
    const policy = `default-src 'none'; script-src 'self'; connect-src 'self'; frame-src ${world.elements}`;
    const early = new EarlyPage(page, world);
    await early.open({ scripts: HAS_SDK, headers: { 'Content-Security-Policy': policy } });
    expect(await early.mount()).toBeNull();
    await laidOut(page, '#card');
    const height = await early.iframes.evaluate((iframe) => iframe.getBoundingClientRect().height);
    await early.open({ scripts: HAS_SDK, headers: { 'Content-Security-Policy': policy }, markup: { height } });
    expect(await early.mount()).toBeNull();
    await early.type('number', '4242424242424241');
    await early.input('cvc').click();
    await expect(early.frame().getByText('a digit may be wrong')).toBeVisible();
    expect(await early.shift()).toBe(0);
    // A height that is wrong is seen.
    await early.open({ scripts: HAS_SDK, headers: { 'Content-Security-Policy': policy }, markup: { height: 40 } });
    expect(await early.mount()).toBeNull();
    await laidOut(page, '#card');
    expect(await early.shift()).toBeGreaterThan(0);
  });

  test('unmounts and mounts again as any form does', async ({ page, world }) => {
    const early = new EarlyPage(page, world);
    await early.open({ scripts: HAS_SDK });
    expect(await early.mount()).toBeNull();
    await early.type('number', VISA.number);
    await page.evaluate(() => window.client.destroy());
    await expect(early.iframes).toHaveCount(0);
    expect(await early.mount()).toBeNull();
    await expect(early.input('number')).toHaveValue('');
    await expect(early.iframes).toHaveCount(1);
  });
});

test.describe('a form in the page’s own markup that is not right', () => {
  const CASES: readonly (readonly [
    title: string,
    expected: string | null,
    options: Parameters<EarlyPage['open']>[0],
    layout?: readonly (readonly string[])[],
  ])[] = [
    ['another layout than the page mounts', 'message', {}, [['number']]],
    ['a collection that there is not', 'message', { markup: { collection: 'quiet', layout: [['number']] } }],
    ['nothing in the address', null, { change: (markup) => markup.replace(/#[^"]*/u, '') }],
    ['the frame of another origin', 'TypeError', { markup: { elements: 'http://other.localhost:1' } }],
    ['A66 a frame without its sandbox', 'TypeError', { change: (markup) => markup.replace(/sandbox="[^"]*" /u, '') }],
    [
      'a policy that keeps frames out',
      'csp',
      { headers: { 'Content-Security-Policy': "default-src 'none'; script-src 'self'" }, scripts: HAS_SDK },
    ],
  ];
  for (const [title, expected, options, layout] of CASES)
    test(`${title}: ${expected ?? 'mounts all the same'}`, async ({ page, world }) => {
      const early = new EarlyPage(page, world);
      await early.open(options);
      await page.waitForLoadState();
      if (options?.scripts === undefined) await early.bringSdk();
      expect(await early.mount(layout)).toBe(expected);
    });

  test('a frame whose server is gone: blocked', async ({ page, world }) => {
    const early = new EarlyPage(page, world);
    await page.route(`${world.elements}/**`, (route) => route.abort());
    await early.open({ scripts: HAS_SDK });
    await page.waitForLoadState();
    expect(await early.mount()).toBe('blocked');
  });

  test('A20 A22 A34 A36 A38 A44 an address that a hostile page writes draws what the contract lets a call draw, or nothing', async ({
    page,
    world,
  }) => {
    const early = new EarlyPage(page, world);
    const drawn = { collection: 'cards', layout: [['number']], messages: {}, locale: 'en', direction: 'ltr' };
    const good = { ...drawn, texts: { number: { label: 'Card number' } }, appearance: {} };
    const fragments: Readonly<Record<string, unknown>> = {
      'no JSON': '{',
      'a number': 7,
      'one member more': { ...good, vault: 'https://evil.example' },
      'a field that is not configured': { ...good, layout: [['number', 'pin']] },
      'a field twice': { ...good, layout: [['number'], ['number']] },
      'a look that loads': { ...good, appearance: { variables: { colorBackground: 'url(https://evil.example)' } } },
      'a look that covers': { ...good, appearance: { rules: { input: { base: { position: 'fixed' } } } } },
      'a prototype': JSON.parse('{"__proto__":{"collection":"cards"}}') as unknown,
      'two megabytes': { ...good, texts: { number: { label: 'x'.repeat(2_000_000) } } },
    };
    for (const [title, fragment] of Object.entries(fragments)) {
      const text = typeof fragment === 'string' ? fragment : JSON.stringify(fragment);
      await early.open({ change: (markup) => markup.replace(/#[^"]*/u, `#${encodeURIComponent(text)}`) });
      await page.waitForLoadState();
      await expect(early.frame().locator('input'), title).toHaveCount(0);
    }
    // The control: the same way, with what the contract has.
    const text = encodeURIComponent(JSON.stringify(good));
    await early.open({ change: (markup) => markup.replace(/#[^"]*/u, `#${text}`) });
    await expect(early.frame().locator('input')).toHaveCount(1);
    // And an address that changes later changes nothing, nor what was typed (A20).
    await early.type('number', VISA.number);
    const other = encodeURIComponent(JSON.stringify({ ...good, layout: [['cvc']] }));
    await early.iframes.evaluate((iframe, fragment) => {
      const frame = iframe as HTMLIFrameElement;
      frame.src = `${frame.src.split('#')[0] ?? ''}#${fragment}`;
    }, other);
    await expect(early.input('number')).toHaveValue('4242 4242 4242 4242');
    await expect(early.frame().locator('input')).toHaveCount(1);
  });
});
