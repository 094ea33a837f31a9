import type { FrameLocator, Locator, Page } from '@playwright/test';
import type { createCloister, CollectForm, Cloister, RevealView, RevealValue } from '@cloister/bridge';
import type { World } from './world.js';

/** What the bench page's window holds while a test drives it. */
export interface BenchWindow {
  makeClient(options?: Partial<Parameters<typeof createCloister>[0]>): Cloister;
  Cloister: { createCloister: typeof createCloister };
  client: Cloister;
  form: CollectForm;
  view: RevealView;
  values: RevealValue[];
}

declare global {
  // The bench page's own globals, seen from `page.evaluate`.
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  interface Window extends BenchWindow {}
}

/** A card as a shopper types it. */
export interface Card {
  readonly number: string;
  readonly expiry: string;
  readonly cvc: string;
  readonly name: string;
}

export const VISA: Card = { number: '4242424242424242', expiry: '1230', cvc: '737', name: 'José Nguyễn' };
export const MASTERCARD: Card = { number: '5555555555554444', expiry: '0931', cvc: '902', name: '山田 太郎' };

export const LABELS = { number: 'Card number', expiry: 'Expiry', cvc: 'Security code', name: 'Name on card' } as const;
export type FieldName = keyof typeof LABELS;
export const FIELDS: readonly FieldName[] = ['number', 'expiry', 'cvc', 'name'];
export type Mode = 'one frame' | 'a frame per field';
export const MODES: readonly Mode[] = ['one frame', 'a frame per field'];

/** Drives the bench page: mounts with the public API, types with real keys into real cross-site frames. */
export class BenchPage {
  readonly page: Page;
  readonly #world: World;

  constructor(page: Page, world: World) {
    this.page = page;
    this.#world = world;
  }

  async open(): Promise<void> {
    await this.page.goto(`${this.#world.shop}/bench`);
  }

  /** Opens the page and mounts the card form in either mode. */
  async mountCard(mode: Mode): Promise<void> {
    await this.open();
    await this.page.evaluate(
      async ({ mode, labels }) => {
        window.client = window.makeClient();
        window.form = window.client.collect('cards');
        if (mode === 'one frame') {
          const texts = Object.fromEntries(Object.entries(labels).map(([name, label]) => [name, { label }]));
          await window.form.mount('#card', { layout: [['number'], ['expiry', 'cvc'], ['name']], texts });
        } else {
          await Promise.all(
            Object.entries(labels).map(([name, label]) => window.form.field(name, { label }).mount(`#${name}`)),
          );
        }
      },
      { mode, labels: LABELS },
    );
  }

  /** The input of a field, in whichever frame it is. */
  input(field: FieldName, mode: Mode): Locator {
    return this.frame(mode === 'one frame' ? 'card' : field).getByLabel(LABELS[field]);
  }

  /** The error under a field. */
  error(field: FieldName, mode: Mode): Locator {
    return this.frame(mode === 'one frame' ? 'card' : field)
      .locator('.field', { has: this.page.getByLabel(LABELS[field]) })
      .locator('.error');
  }

  frame(id: string): FrameLocator {
    return this.page.frameLocator(`#${id} iframe`);
  }

  async type(field: FieldName, text: string, mode: Mode): Promise<void> {
    const input = this.input(field, mode);
    await input.click();
    await this.page.keyboard.type(text);
  }

  async fill(card: Card, mode: Mode): Promise<void> {
    for (const field of FIELDS) await this.type(field, card[field], mode);
  }

  /** Submits by the API; answers the result, or the code of the refusal. */
  submit(): Promise<SubmitOutcome> {
    return this.page.evaluate(async (): Promise<SubmitOutcome> => {
      try {
        return { ok: true, ...(await window.form.submit()) };
      } catch (error) {
        const { code, message } = error as { code?: string; message?: string };
        return { ok: false, code: code ?? String(message) };
      }
    });
  }
}

export type SubmitOutcome =
  | {
      readonly ok: true;
      readonly record: string;
      readonly tokens: Readonly<Record<string, string | undefined>>;
      readonly facts: Readonly<Record<string, { readonly brand?: string; readonly last4?: string } | undefined>>;
    }
  | { readonly ok: false; readonly code: string };
