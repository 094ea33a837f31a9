import {
  CodedError,
  collectFrameMethods,
  collectHostMethods,
  type Calls,
  type CollectSetup,
  type Handlers,
  type Infer,
} from '@cloister/protocol';
import type { FrameConfig } from '../connection/frame-config.js';
import { listen } from '../connection/listen.js';
import { startFrame, type RunningFrame } from '../connection/start-frame.js';
import { tellHost } from '../connection/tell-host.js';
import { heightOf, watchHeight } from '../view/element.js';
import { AWAY } from '../view/field-view.js';
import { helpMarkup } from '../view/help-markup.js';
import { COLLECT_STYLE } from '../view/base-style.js';
import { adoptStyles } from '../view/style-policy.js';
import { setLanguage } from '../view/language.js';
import { createCollectForm, type CollectForm } from './collect-form.js';
import { createFormPairing, type FormPairing } from './form-pairing.js';

type SetupResult = Infer<typeof collectFrameMethods.setup.result>;
type Host = Promise<Calls<typeof collectHostMethods>>;

class CollectFrame {
  readonly #config: FrameConfig;
  readonly #host: Host;
  readonly #frame: () => RunningFrame;
  readonly #styles = adoptStyles(document, COLLECT_STYLE);
  readonly #now: () => number;
  #form: CollectForm | undefined;
  #pairing: FormPairing | undefined;
  #told = Promise.resolve();

  constructor(context: {
    readonly config: FrameConfig;
    readonly host: Host;
    readonly frame: () => RunningFrame;
    readonly now: () => number;
  }) {
    this.#config = context.config;
    this.#host = context.host;
    this.#frame = context.frame;
    this.#now = context.now;
  }

  #ready(): CollectForm {
    if (this.#form === undefined) throw new CodedError('unmounted');
    return this.#form;
  }

  #setup(setup: CollectSetup): SetupResult {
    const collection = Object.hasOwn(this.#config.collections, setup.collection)
      ? this.#config.collections[setup.collection]
      : undefined;
    if (collection === undefined) throw new CodedError('collection');
    if (this.#form !== undefined) throw new CodedError('message');
    this.#styles.apply(setup.appearance);
    setLanguage(setup);
    const form = createCollectForm({ setup, collection, listener: this.#listener() });
    this.#form = form;
    this.#pairing = createFormPairing({
      form,
      setup,
      frame: this.#frame().id,
      told: async () => {
        // Changes of one task are one message, which is sent after this task.
        await Promise.resolve();
        await this.#told;
      },
    });
    document.body.replaceChildren(form.root);
    watchHeight(form.root, (height) => {
      void tellHost(this.#host, (host) => host.resized({ height }));
    });
    // A document that is kept for going back must not keep what was typed (A58).
    listen(window, 'pagehide', () => {
      form.clear(undefined);
    });
    return { height: heightOf(form.root), fields: form.states(), optional: form.optional };
  }

  #listener(): Parameters<typeof createCollectForm>[0]['listener'] {
    return {
      now: this.#now,
      helpMarkup: helpMarkup(this.#config),
      changed: (fields) => {
        this.#told = tellHost(this.#host, (host) => host.changed({ fields }));
      },
      signal: (field, type) => {
        void tellHost(this.#host, (host) => host.signal({ field, type }));
      },
      brand: (brand) => this.#pairing?.tellBrand(brand),
    };
  }

  /** The page's methods; each answers only what the contract lists. */
  handlers(): Handlers<typeof collectFrameMethods> {
    const done = {};
    return {
      setup: (setup) => this.#setup(setup),
      update: (update) => {
        const form = this.#ready();
        if (update.appearance !== undefined) this.#styles.apply(update.appearance);
        setLanguage(update);
        form.update(update);
        return { height: heightOf(form.root) };
      },
      pair: async ({ coordinator }) => {
        this.#ready();
        await this.#pairing?.pair(coordinator);
        return done;
      },
      focus: ({ field }) => {
        this.#ready().focus(field);
        return done;
      },
      blur: () => {
        this.#ready().blur();
        return done;
      },
      clear: ({ field }) => {
        this.#ready().clear(field);
        return done;
      },
      validate: async () => {
        const form = this.#ready();
        // Who types a number and clicks “Pay” has left it, but only time tells him from a page that took the focus.
        if (form.leaving()) await new Promise((resolve) => setTimeout(resolve, AWAY));
        return { fields: form.validate() };
      },
    };
  }
}

/**
 * Runs a collect document: one to forty fields of one collection. It has no network (its policy says so); values leave it
 * only over the port that the coordinator made.
 */
export function startCollect(config: FrameConfig, now: () => number): RunningFrame {
  const running: RunningFrame = startFrame({
    config,
    role: 'collect',
    hostMethods: collectHostMethods,
    frameMethods: collectFrameMethods,
    handlers: (host) => new CollectFrame({ config, host, now, frame: () => running }).handlers(),
  });
  return running;
}
