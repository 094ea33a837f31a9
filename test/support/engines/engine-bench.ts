import { FIELDS, LABELS, type Card, type FieldName, type Mode, type SubmitOutcome } from '../bench-page.js';
import { addOpenRaw, COLLECT_SETUP } from '../raw-frame.js';
import { BENCH, type World } from '../world.js';
import type { Place } from './driver.js';
import type { Tab } from './tab.js';

/** A function that runs in the page before every other script of it, with what it is given. */
export interface Prelude {
  readonly run: (given: never) => void;
  readonly given?: unknown;
}

/** What a test changes about the page. */
export interface OpenOptions {
  /** In the page's own markup, so that every engine runs them, first. */
  readonly preludes?: readonly Prelude[];
  /** Name of the host. Default: `shop`. */
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

let pages = 0;

/** Serves the bench page with scripts before all others; answers its address. */
export function serveBench(world: World, { preludes = [], host = 'shop', headers = {} }: OpenOptions = {}): string {
  const sources = preludes.map(
    ({ run, given }) => `(${String(run)})(${given === undefined ? '' : JSON.stringify(given)});`,
  );
  // `<` cannot end the script early.
  const script = ['document.currentScript.remove();', ...sources].join('\n').replaceAll('</', '<\\/');
  pages += 1;
  const path = world.hosts.serve(`/bench-${String(pages)}`, {
    body: BENCH.replace('<style>', `<script>${script}</script><style>`),
    headers,
  });
  return `${world.hosts.origin(host)}${path}`;
}

/** How a mount was refused. */
export interface MountRefusal {
  readonly code: string;
  readonly hint: string;
}

/** Drives the bench page in any engine: mounts by the public API, types with real keys into real frames. */
export class EngineBench {
  readonly tab: Tab;
  readonly world: World;

  constructor(tab: Tab, world: World) {
    this.tab = tab;
    this.world = world;
  }

  open(options: OpenOptions = {}): Promise<void> {
    return this.tab.goto(serveBench(this.world, options));
  }

  /** Opens the page and a collect frame in it by hand, without the SDK, and sets it up. */
  async openRaw(setup: object = COLLECT_SETUP): Promise<void> {
    await this.open({ preludes: [{ run: addOpenRaw }] });
    const opening = { url: `${this.world.elements}/collect.html`, setup };
    await this.tab.run(async ({ url, setup }) => {
      window.raw = await window.openReady(url, setup, (iframe) => {
        iframe.id = 'raw';
        iframe.height = '400';
      });
    }, opening);
  }

  /** Opens the page and mounts the card form. */
  async mountCard(mode: Mode, options: OpenOptions = {}): Promise<void> {
    await this.open(options);
    const refused = await this.tryMount(mode);
    if (refused !== null) throw new Error(`the form was not mounted: ${JSON.stringify(refused)}`);
  }

  /** Mounts the card form on the page that is open; answers how it was refused, or `null`. */
  tryMount(mode: Mode, timeout = 15_000): Promise<MountRefusal | null> {
    const words = FIELDS.map((name) => [name, { label: LABELS[name] }] as const);
    return this.tab.run(
      async ({ mode, words, timeout }) => {
        window.client = window.makeClient({ timeout });
        window.form = window.client.collect('cards');
        try {
          if (mode === 'one frame') {
            const layout = [['number'], ['expiry', 'cvc'], ['name']];
            await window.form.mount('#card', { layout, texts: Object.fromEntries(words) });
          } else await Promise.all(words.map(([name, word]) => window.form.field(name, word).mount(`#${name}`)));
          return null;
        } catch (error) {
          const { message, code, hint } = error as { message: string; code?: string; hint?: string };
          return { code: code ?? message, hint: hint ?? '' };
        }
      },
      { mode, words, timeout },
    );
  }

  /** The frame of a field, and the field's input in it. */
  at(field: FieldName, mode: Mode): readonly [Place, string] {
    if (mode !== 'one frame') return [[`#${field} iframe`], 'input'];
    return [['#card iframe'], `#field-${String(FIELDS.indexOf(field) + 1)}`];
  }

  /** Puts the caret into the form, as whoever begins to use it does: then the hidden frame of the connection is made (ADR 16). */
  async enter(mode: Mode): Promise<void> {
    await this.focus('number', mode);
    await this.tab.until([], () => document.querySelector('iframe[src$="/coordinator.html"]') !== null);
    await this.tab.until(['iframe[src$="/coordinator.html"]'], () => location.pathname.endsWith('/coordinator.html'));
  }

  async focus(field: FieldName, mode: Mode): Promise<void> {
    await this.tab.click(...this.at(field, mode));
  }

  async type(field: FieldName, text: string, mode: Mode): Promise<void> {
    await this.focus(field, mode);
    await this.tab.type(text);
  }

  async fill(card: Card, mode: Mode): Promise<void> {
    for (const field of FIELDS) await this.type(field, card[field], mode);
  }

  /** What stands in a field. */
  text(field: FieldName, mode: Mode): Promise<string> {
    const [place, selector] = this.at(field, mode);
    return this.tab.runIn(
      place,
      (css) => document.querySelector<HTMLInputElement>(css)?.value ?? 'there is no such field',
      selector,
    );
  }

  /** The error under a field. */
  error(field: FieldName, mode: Mode): Promise<string> {
    const [place, selector] = this.at(field, mode);
    return this.tab.runIn(
      place,
      (css) => document.querySelector(css)?.closest('.field')?.querySelector('.error')?.textContent ?? '',
      selector,
    );
  }

  submit(): Promise<SubmitOutcome> {
    return this.tab.run(async (): Promise<SubmitOutcome> => {
      try {
        return { ok: true, ...(await window.form.submit()) };
      } catch (error) {
        const { code, message } = error as { code?: string; message?: string };
        return { ok: false, code: code ?? String(message) };
      }
    });
  }

  /** Opens the page anew and shows values by their tokens, in one frame; answers what became of each. */
  async reveal(
    tokens: Readonly<Record<string, string | undefined>>,
    options: OpenOptions = {},
  ): Promise<readonly string[]> {
    await this.open(options);
    return this.tab.run(async (pairs) => {
      window.client = window.makeClient();
      window.view = window.client.reveal();
      for (const [label, token] of pairs) window.view.value(token ?? '', { label, hideAfter: 600 });
      await window.view.mount('#reveal');
      return (await window.view.show()).map(({ status, code }) => code ?? status);
    }, Object.entries(tokens));
  }

  /** What stands on screen, value by value. */
  shown(): Promise<readonly string[]> {
    return this.tab.runIn(['#reveal iframe'], () =>
      [...document.querySelectorAll('output')].map(({ textContent }) => textContent),
    );
  }
}
