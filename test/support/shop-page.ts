import type { FrameLocator, Locator, Page } from '@playwright/test';
import { FIELDS, type Card, type FieldName } from './bench-page.js';
import type { ExampleShop } from './example-shop.js';

export type CheckoutMode = 'form' | 'fields';

const LABELS: Readonly<Record<FieldName, string>> = {
  number: 'Card number',
  expiry: 'Expiry date',
  cvc: 'Security code',
  name: 'Name on card',
};

/** The example shop as its customer meets it. */
export class ShopPage {
  readonly page: Page;
  readonly #shop: ExampleShop;

  constructor(page: Page, shop: ExampleShop) {
    this.page = page;
    this.#shop = shop;
  }

  async checkout(mode: CheckoutMode, item = 'tide'): Promise<void> {
    await this.page.goto(`${this.#shop.urls.shop}/checkout?item=${item}&mode=${mode}`);
    for (const field of FIELDS) await this.input(field, mode).waitFor();
  }

  frame(field: FieldName, mode: CheckoutMode): FrameLocator {
    return this.page.frameLocator(`#${mode === 'form' ? 'card' : field} iframe`);
  }

  input(field: FieldName, mode: CheckoutMode): Locator {
    return this.frame(field, mode).getByLabel(LABELS[field]);
  }

  error(field: FieldName, mode: CheckoutMode): Locator {
    return this.frame(field, mode)
      .locator('.field', { has: this.page.getByLabel(LABELS[field]) })
      .locator('.error');
  }

  /** Types a card, walking by Tab from its number to its name. */
  async type(card: Card, mode: CheckoutMode): Promise<void> {
    await this.input('number', mode).click();
    for (const field of FIELDS) {
      if (field !== 'number') await this.page.keyboard.press('Tab');
      await this.arrived(field, mode);
      await this.page.keyboard.type(card[field]);
    }
  }

  /** The browser moves the focus to another frame after it has answered the key; no hand is as fast as a test. */
  async arrived(field: FieldName, mode: CheckoutMode): Promise<void> {
    await this.input(field, mode).and(this.frame(field, mode).locator(':focus')).waitFor();
  }

  get payButton(): Locator {
    return this.page.getByRole('button', { name: /^Pay/u });
  }

  get receipt(): Locator {
    return this.page.locator('#receipt');
  }

  get problem(): Locator {
    return this.page.locator('#problem');
  }

  async cards(): Promise<Locator> {
    await this.page.goto(`${this.#shop.urls.shop}/cards`);
    return this.page.locator('.cards li');
  }

  /** What the frame of a card draws: only values that are shown. */
  shown(card: Locator): Locator {
    return card.frameLocator('iframe').locator('output[data-status=shown]');
  }

  /** Buys and pays; ends at the receipt. */
  async pay(card: Card, mode: CheckoutMode): Promise<void> {
    await this.checkout(mode);
    await this.type(card, mode);
    await this.payButton.click();
    await this.receipt.waitFor();
  }
}
