import {
  CodedError,
  collectDrawing,
  collectFrameMethods,
  collectHostAnswers,
  decode,
  type Calls,
  type collectHostMethods,
  type CollectDrawing,
  type CollectUpdate,
  type Drawn,
  type Handlers,
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

type Host = Promise<Calls<typeof collectHostMethods>>;

/** Which fields stand where: what cannot change once it was drawn. */
const shapeOf = ({ collection, layout }: CollectDrawing): string => JSON.stringify([collection, layout]);

class CollectFrame {
  readonly #config: FrameConfig;
  readonly #host: Host;
  readonly #frame: () => RunningFrame;
  readonly #styles = adoptStyles(document, COLLECT_STYLE);
  readonly #now: () => number;
  #form: CollectForm | undefined;
  #shape = '';
  #isSetUp = false;
  #pairing: FormPairing | undefined;
  /** How often the page was told of changes. */
  #told = 0;

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

  /** Draws the form, or dresses the one that stands there; once. */
  #setup(drawing: CollectDrawing): Drawn {
    if (this.#isSetUp) throw new CodedError('message');
    const form = this.#form === undefined ? this.#draw(drawing) : this.#redress(this.#form, drawing);
    this.#isSetUp = true;
    return { fields: form.states(), optional: form.optional };
  }

  /**
   * What the address names is drawn before anybody is greeted. One that cannot be drawn stays empty: the page's first call, which
   * would not be needed else, is answered with the reason.
   */
  readonly drawEarly = (): void => {
    if (location.hash === '') return;
    try {
      const drawing = decode(collectDrawing, JSON.parse(decodeURIComponent(location.hash.slice(1))));
      if (drawing.ok) this.#draw(drawing.value);
    } catch {
      // It cannot be drawn.
    }
  };

  /** For the greeting: states as they are now. */
  readonly drawn = (): Drawn | undefined =>
    this.#form === undefined ? undefined : { fields: this.#form.states(), optional: this.#form.optional };

  #draw(drawing: CollectDrawing): CollectForm {
    const collection = Object.hasOwn(this.#config.collections, drawing.collection)
      ? this.#config.collections[drawing.collection]
      : undefined;
    if (collection === undefined) throw new CodedError('collection');
    const form = createCollectForm({ setup: drawing, collection, listener: this.#listener() });
    this.#dress(drawing);
    this.#form = form;
    this.#shape = shapeOf(drawing);
    this.#pairing = createFormPairing({
      form,
      collection: drawing.collection,
      frame: this.#frame().id,
      told: async () => {
        // Changes of one task are one message, which is sent after this task.
        await Promise.resolve();
        return this.#told;
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
    return form;
  }

  #redress(form: CollectForm, drawing: CollectDrawing): CollectForm {
    if (this.#shape !== shapeOf(drawing)) throw new CodedError('message', '/layout');
    this.#dress(drawing);
    form.update(drawing);
    return form;
  }

  #dress({ appearance, ...words }: CollectUpdate): void {
    if (appearance !== undefined) this.#styles.apply(appearance);
    setLanguage(words);
  }

  #listener(): Parameters<typeof createCollectForm>[0]['listener'] {
    return {
      now: this.#now,
      helpMarkup: helpMarkup(this.#config),
      changed: (fields) => {
        this.#told += 1;
        void tellHost(this.#host, (host) => host.changed({ fields }));
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
        this.#dress(update);
        form.update(update);
        return { height: heightOf(form.root) };
      },
      pair: async (partner) => {
        this.#ready();
        await this.#pairing?.pair(partner);
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
 * Runs a collect document: one or more fields of one collection. It has no network (its policy says so); values leave it
 * only over the port that the coordinator made.
 */
export function startCollect(config: FrameConfig, now: () => number): RunningFrame {
  const running: RunningFrame = startFrame<typeof collectHostMethods, typeof collectFrameMethods>({
    config,
    role: 'collect',
    hostMethods: collectHostAnswers,
    frameMethods: collectFrameMethods,
    create: (host) => {
      const frame = new CollectFrame({ config, host, now, frame: () => running });
      return { handlers: frame.handlers(), begin: frame.drawEarly, drawn: frame.drawn };
    },
  });
  return running;
}
