import type { Frame, FrameLocator, Locator, Page } from '@playwright/test';
import type {
  createCloister,
  Cloister,
  CloisterOptions,
  CollectForm,
  CollectOptions,
  FieldTexts,
  FormEvents,
  FormState,
  RevealValue,
  RevealView,
} from '@cloister/bridge';
import type { World } from './world.js';

/** What the bench page's window holds while a test drives it. */
export interface BenchWindow {
  makeClient(options?: Partial<CloisterOptions>): Cloister;
  /** A session callback that asks another endpoint than `/session`. */
  sessionAt(path: string): CloisterOptions['session'];
  Cloister: { createCloister: typeof createCloister };
  client: Cloister;
  form: CollectForm;
  view: RevealView;
  values: RevealValue[];
  /** What `BenchPage.listen` heard. */
  heard: Heard[];
}

/** An event of the form, as the page heard it. */
export interface Heard {
  readonly type: string;
  readonly payload: FormEvents[keyof FormEvents];
}

declare global {
  // The bench page's own globals, seen from `page.evaluate`.
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- only an interface can extend `Window`
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

/** What a test changes about the form that is mounted. */
export interface MountOptions {
  /** Path of the page. Default: `/bench`. */
  readonly path?: string;
  /** Path of the session endpoint. Default: `/session`. */
  readonly session?: string;
  readonly elements?: string;
  readonly timeout?: number;
  readonly look?: CollectOptions;
  /** Words beside the labels. */
  readonly texts?: Partial<Readonly<Record<FieldName, FieldTexts>>>;
  /** Runs in the page before anything is mounted. */
  readonly prepare?: () => void;
}

/** How a mount was refused. */
export interface Refused {
  readonly name: string;
  readonly code: string;
  readonly hint: string;
  readonly retryable: boolean;
}

/** Drives the bench page: mounts with the public API, types with real keys into real cross-site frames. */
export class BenchPage {
  readonly page: Page;
  readonly #world: World;

  constructor(page: Page, world: World) {
    this.page = page;
    this.#world = world;
  }

  async open(path = '/bench', host = this.#world.shop): Promise<void> {
    await this.page.goto(`${host}${path}`);
  }

  /** Opens the page and mounts the card form in either mode. */
  async mountCard(mode: Mode, options: MountOptions = {}): Promise<void> {
    await this.open(options.path);
    if (options.prepare !== undefined) await this.page.evaluate(options.prepare);
    const refused = await this.tryMount(mode, options);
    if (refused !== null) throw new Error(`the form was not mounted: ${JSON.stringify(refused)}`);
  }

  /** Mounts the card form on the page that is open; answers how it was refused, or `null`. */
  tryMount(mode: Mode, options: MountOptions = {}): Promise<Refused | null> {
    const { elements, timeout, session = '/session', look = {}, texts = {} } = options;
    const client = { ...(elements === undefined ? {} : { elements }), ...(timeout === undefined ? {} : { timeout }) };
    const words = FIELDS.map((name) => [name, { label: LABELS[name], ...texts[name] }] as const);
    return this.page.evaluate(
      async ({ mode, client, session, look, words }) => {
        window.client = window.makeClient({ ...client, session: window.sessionAt(session) });
        window.form = window.client.collect('cards', look);
        try {
          if (mode === 'one frame') {
            const layout = [['number'], ['expiry', 'cvc'], ['name']];
            await window.form.mount('#card', { layout, texts: Object.fromEntries(words) });
          } else {
            await Promise.all(words.map(([name, word]) => window.form.field(name, word).mount(`#${name}`)));
          }
          return null;
        } catch (error) {
          const { name, message, code, hint, retryable } = error as Error & Partial<Refused>;
          return { name, code: code ?? message, hint: hint ?? '', retryable: retryable ?? false };
        }
      },
      { mode, client, session, look, words },
    );
  }

  /** The input of a field, in whichever frame it is. */
  input(field: FieldName, mode: Mode): Locator {
    return this.frame(mode === 'one frame' ? 'card' : field).getByLabel(LABELS[field]);
  }

  /** The error under a field. */
  error(field: FieldName, mode: Mode): Locator {
    return this.field(field, mode).locator('.error');
  }

  frame(id: string): FrameLocator {
    return this.page.frameLocator(`#${id} iframe`);
  }

  /** The browser moves the focus to another frame after it has answered the key; no hand is as fast as a test. */
  async arrived(field: FieldName, mode: Mode): Promise<void> {
    const focused = this.frame(mode === 'one frame' ? 'card' : field).locator(':focus');
    await this.input(field, mode).and(focused).waitFor();
  }

  async type(field: FieldName, text: string, mode: Mode): Promise<void> {
    const input = this.input(field, mode);
    await input.click();
    await this.page.keyboard.type(text);
  }

  /** Puts the caret into the form, as whoever begins to use it does: then the hidden frame of the connection is made (ADR 16). */
  async enter(mode: Mode): Promise<Frame> {
    await this.input('number', mode).click();
    const iframe = this.page.locator('iframe[src$="/coordinator.html"]');
    const frame = await (await iframe.elementHandle({ timeout: 10_000 })).contentFrame();
    if (frame === null) throw new Error('there is no coordinator');
    await frame.waitForLoadState();
    return frame;
  }

  async fill(card: Card, mode: Mode): Promise<void> {
    for (const field of FIELDS) await this.type(field, card[field], mode);
    await this.settled();
  }

  /** A number that was left by a click tells its facts a second later (ADR 7); waits until it has. */
  async settled(): Promise<void> {
    await this.page.waitForFunction(() => {
      const number = window.form.state.fields['number'];
      return number?.status !== 'valid' || number.facts !== undefined;
    });
  }

  /** The whole field: label, input, help and error. */
  field(field: FieldName, mode: Mode): Locator {
    return this.frame(mode === 'one frame' ? 'card' : field).locator('.field', {
      has: this.page.getByLabel(LABELS[field]),
    });
  }

  /** The text of a field with its caret (`|`) or selection (`[…]`). */
  line(field: FieldName, mode: Mode): Promise<string> {
    return this.input(field, mode).evaluate((input: HTMLInputElement) => {
      const { value, selectionStart, selectionEnd } = input;
      const start = selectionStart ?? 0;
      const end = selectionEnd ?? 0;
      const chosen = value.slice(start, end);
      return `${value.slice(0, start)}${chosen === '' ? '|' : `[${chosen}]`}${value.slice(end)}`;
    });
  }

  /** The frame that a field is in, for the DevTools protocol. */
  async frameOf(field: FieldName, mode: Mode): Promise<Frame> {
    const iframe = await this.page
      .locator(`#${mode === 'one frame' ? 'card' : field} iframe`)
      .elementHandle({ timeout: 10_000 });
    const frame = await iframe.contentFrame();
    if (frame === null) throw new Error(`the field ${field} has no frame`);
    return frame;
  }

  /** What the page knows of the form. */
  state(): Promise<FormState> {
    return this.page.evaluate(() => window.form.state);
  }

  /** Begins to write down the form's events. */
  listen(): Promise<void> {
    return this.page.evaluate(() => {
      window.heard = [];
      for (const type of ['ready', 'change', 'focus', 'blur', 'enter', 'escape', 'error'] as const)
        window.form.on(type, (payload) => {
          window.heard.push({ type, payload });
        });
    });
  }

  /** The events of these types that were heard, in order. */
  async heard(...types: readonly string[]): Promise<readonly Heard[]> {
    const all = await this.page.evaluate(() => window.heard);
    return all.filter(({ type }) => types.includes(type));
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
