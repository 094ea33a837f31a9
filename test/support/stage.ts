import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test';
import type { Mode, SubmitOutcome } from './bench-page.js';
import { FIELD_DEFINITIONS } from '@cloister/fields';
import { HostTrace } from './host-trace.js';
import { laidOut } from './laid-out.js';
import type { World } from './world.js';

/** How the bench page asks for sessions. */
export type Backend = 'honest' | 'throws' | 'nonsense' | 'other collection';

export interface StageSetup {
  readonly collection: string;
  readonly fields: readonly string[];
  readonly mode: Mode;
  readonly backend?: Backend;
}

/** Where the field of that name has its frame. */
const placeOf = (field: string): string => `place-${field}`;

/** The bench page under a recorder: any collection, in either mode, and reveal. Fields are labelled by their names. */
export class Stage {
  readonly page: Page;
  readonly trace: HostTrace;
  readonly #world: World;
  #field = '';
  #entered = false;
  #setup: StageSetup = { collection: 'cards', fields: [], mode: 'one frame' };

  private constructor(page: Page, world: World, trace: HostTrace) {
    this.page = page;
    this.#world = world;
    this.trace = trace;
  }

  static async set(page: Page, world: World): Promise<Stage> {
    // Whether the browser asks for an icon, and complains that there is none, is its own affair.
    world.hosts.serve('/favicon.ico', { type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' });
    return new Stage(page, world, await HostTrace.record(page));
  }

  /** Opens the page and mounts the fields, one after the other so that the order of things is always the same. */
  async mount(setup: StageSetup): Promise<void> {
    this.#setup = setup;
    this.#field = '';
    this.#entered = false;
    await this.page.goto(`${this.#world.shop}/bench`);
    await this.page.evaluate(
      async ({ collection, fields, mode, backend, places }) => {
        const ask = async (need: object): Promise<string> => {
          const response = await fetch('/session', { method: 'POST', body: JSON.stringify(need) });
          return response.text();
        };
        const backends = {
          honest: undefined,
          throws: (): never => {
            throw new Error('no');
          },
          nonsense: (): string => '{"not":"a token"}',
          'other collection': (need: object) => ask({ ...need, collection: 'quiet' }),
        };
        const session = backends[backend];
        const client = window.makeClient(session === undefined ? {} : { session });
        window.client = window.spyOn('client', client);
        window.form = window.client.collect(collection);
        if (mode === 'one frame') await window.form.mount('#card', { layout: fields.map((name) => [name]) });
        else {
          for (const [name, id] of places) {
            const place = document.createElement('div');
            place.id = id;
            document.getElementById('card')?.before(place);
            await window.form.field(name).mount(place);
          }
        }
      },
      {
        ...setup,
        fields: [...setup.fields],
        backend: setup.backend ?? 'honest',
        places: setup.fields.map((name): [string, string] => [name, placeOf(name)]),
      },
    );
    const places = new Set(setup.fields.map((field) => this.#placeOf(field)));
    for (const place of places) await laidOut(this.page, `#${place}`);
    await this.trace.settle('mount');
  }

  #placeOf(field: string): string {
    return this.#setup.mode === 'one frame' ? 'card' : placeOf(field);
  }

  frame(field: string): FrameLocator {
    return this.page.frameLocator(`#${this.#placeOf(field)} iframe`);
  }

  input(field: string): Locator {
    return this.frame(field).getByLabel(field, { exact: true });
  }

  /** Types key by key, and marks the trace after each. */
  async type(field: string, text: string): Promise<void> {
    await this.focus(field);
    await this.press(...Array.from(text));
  }

  /** By way of the page, so that one frame has finished before the next begins: two frames have no order. */
  async focus(field: string): Promise<void> {
    await this.leave(`leave for ${field}`);
    this.#field = field;
    await this.input(field).click();
    if (!this.#entered) await this.#pairing();
    this.#entered = true;
    await this.trace.mark(`focus ${field}`);
  }

  /** The first focus has the coordinator made and all frames paired (ADR 16), which nobody waits for and which takes its time. */
  async #pairing(): Promise<void> {
    await this.page.locator('iframe[src$="/coordinator.html"]').waitFor({ state: 'attached' });
    await this.trace.settle('entered');
  }

  /** Clicks in the page, and waits until the field that was in use has said all that it has to say. */
  async leave(name = 'leave'): Promise<void> {
    await this.page.getByRole('button', { name: 'before' }).click();
    if (this.#isPatient()) await this.#settled();
    this.#field = '';
    await this.trace.mark(name);
  }

  /** Whether the field that was in use is one that a click in the page does not settle at once. */
  #isPatient(): boolean {
    const type = this.#world.config.collections[this.#setup.collection]?.[this.#field]?.type;
    return type !== undefined && FIELD_DEFINITIONS[type].onlyShopperSettles === true;
  }

  /** Such a field settles a second later (ADR 7): by then what is right has its facts, and what is not complete says so. */
  async #settled(): Promise<void> {
    const { disclose = [] } = this.#world.config.collections[this.#setup.collection]?.[this.#field] ?? {};
    await this.page.waitForFunction(
      ({ field, discloses }) => {
        const { focused, status, error, facts } = window.form.state.fields[field] ?? {};
        if (focused !== false) return false;
        if (status === 'empty') return true;
        return status === 'valid' ? !discloses || facts !== undefined : error !== undefined;
      },
      { field: this.#field, discloses: disclose.length > 0 },
    );
  }

  /** Types without looking between the keys. */
  async burst(text: string): Promise<void> {
    await this.page.keyboard.type(text);
    await this.trace.mark('burst');
  }

  /** Lets the page do something, and waits for what comes of it. */
  async act<T>(name: string, act: (argument: T) => unknown, argument?: T): Promise<void> {
    // The page takes what it is given; without an argument its act has none.
    await this.page.evaluate(act as (argument: unknown) => unknown, argument);
    await this.trace.settle(name, 2);
  }

  /** Takes the field's frame out of the page and mounts it again, in a page of that direction. What was typed is gone. */
  async remount(field: string, direction: 'ltr' | 'rtl'): Promise<void> {
    this.#field = '';
    await this.page.evaluate(
      async ({ field, fields, place, direction }) => {
        document.documentElement.dir = direction;
        if (place === 'card') {
          window.form.unmount();
          await window.form.mount('#card', { layout: fields.map((name) => [name]) });
        } else {
          window.form.field(field).unmount();
          await window.form.field(field).mount(`#${place}`);
        }
      },
      { field, fields: [...this.#setup.fields], place: this.#placeOf(field), direction },
    );
    await this.trace.settle('mounted anew');
  }

  /** Presses keys (a character, or a name such as `Backspace`), and marks the trace after each. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      if (key.length === 1) await this.page.keyboard.type(key);
      else await this.page.keyboard.press(key);
      await this.trace.mark('key');
    }
  }

  /** Fills at once, as a paste does. */
  async insert(field: string, text: string): Promise<void> {
    await this.focus(field);
    await this.page.keyboard.insertText(text);
    await this.trace.mark('insert');
  }

  async submit(): Promise<SubmitOutcome> {
    const outcome = await this.page.evaluate(async (): Promise<SubmitOutcome> => {
      try {
        return { ok: true, ...(await window.form.submit()) };
      } catch (error) {
        const { code, message } = error as { code?: string; message?: string };
        return { ok: false, code: code ?? String(message) };
      }
    });
    await this.trace.settle('submit');
    return outcome;
  }

  /** Opens the page anew and mounts one frame for all these tokens. */
  async mountReveal(
    tokens: Readonly<Record<string, string | undefined>>,
    { copy = false }: { readonly copy?: boolean } = {},
  ): Promise<void> {
    await this.page.goto(`${this.#world.shop}/bench`);
    await this.page.evaluate(
      async ({ pairs, copy }) => {
        window.client = window.spyOn('client', window.makeClient());
        window.view = window.client.reveal();
        for (const [label, token] of pairs) window.view.value(token, { label, hideAfter: 600, copy });
        await window.view.mount('#reveal');
      },
      { pairs: named(tokens), copy },
    );
    await this.trace.settle('mount reveal');
  }

  /** Presses the button that copies the value of that label. */
  async copy(label: string): Promise<void> {
    const button = this.#slot(label).getByRole('button');
    await button.click();
    await expect(button).toHaveText('Copied');
    await this.trace.mark(`copied ${label}`);
  }

  /** Shows the values; answers what became of each. */
  async show(): Promise<readonly string[]> {
    const states = await this.page.evaluate(async () => {
      const shown = await window.view.show();
      return shown.map(({ status, code }) => code ?? status);
    });
    await this.trace.settle('show');
    return states;
  }

  /** What stands on screen for the value of that label. */
  value(label: string): Locator {
    return this.#slot(label).locator('output');
  }

  #slot(label: string): Locator {
    return this.page
      .frameLocator('#reveal iframe')
      .locator('.field', { has: this.page.getByText(label, { exact: true }) });
  }
}

const named = (tokens: Readonly<Record<string, string | undefined>>): [string, string][] =>
  Object.entries(tokens).flatMap(([label, token]): [string, string][] => (token === undefined ? [] : [[label, token]]));
