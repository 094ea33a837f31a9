import {
  CodedError,
  revealFrameMethods,
  revealHostAnswers,
  type Calls,
  type ErrorCode,
  type Handlers,
  type revealHostMethods,
  type RevealSetup,
} from '@cloister/protocol';
import type { FrameConfig } from '../connection/frame-config.js';
import { startFrame, type RunningFrame } from '../connection/start-frame.js';
import { tellHost } from '../connection/tell-host.js';
import { show, type Show, type ToCoordinator } from '../pairing/messages.js';
import { privatePort, type PrivatePort } from '../pairing/private-port.js';
import { requestPairing } from '../pairing/request-pairing.js';
import { heightOf, rows, watchHeight } from '../view/element.js';
import { setLanguage } from '../view/language.js';
import { REVEAL_STYLE } from '../view/base-style.js';
import { adoptStyles } from '../view/style-policy.js';
import { createValueView, type ValueView } from './value-view.js';
import { watchVisibility } from './visibility.js';

type Host = Promise<Calls<typeof revealHostMethods>>;

class RevealFrame {
  readonly #config: FrameConfig;
  readonly #host: Host;
  readonly #frame: () => RunningFrame;
  readonly #styles = adoptStyles(document, REVEAL_STYLE);
  readonly #values = new Map<string, ValueView>();
  readonly #news = new Set<ValueView>();
  #told = Promise.resolve();
  #root: HTMLElement | undefined;
  #channel: PrivatePort<ToCoordinator, Show> | undefined;

  constructor(config: FrameConfig, host: Host, frame: () => RunningFrame) {
    this.#config = config;
    this.#host = host;
    this.#frame = frame;
  }

  #ready(): HTMLElement {
    if (this.#root === undefined) throw new CodedError('unmounted');
    return this.#root;
  }

  #setup(setup: RevealSetup): object {
    if (this.#root !== undefined) throw new CodedError('message');
    // A page that wants a value on the clipboard needs one more than a click that it wins: whoever runs the frames (A48).
    if (!this.#config.copy && setup.slots.some(({ copy }) => copy)) throw new CodedError('forbidden', 'copy');
    this.#styles.apply(setup.appearance);
    setLanguage(setup);
    for (const slot of setup.slots) this.#values.set(slot.slot, this.#create(setup, slot));
    const placed = setup.layout.flat();
    if (placed.some((slot, index) => !this.#values.has(slot) || placed.indexOf(slot) !== index))
      throw new CodedError('field');
    const root = rows(setup.layout, (slot) => this.#values.get(slot)?.root ?? document.createElement('div'));
    this.#root = root;
    document.body.replaceChildren(root);
    watchHeight(root, (height) => {
      void tellHost(this.#host, (host) => host.resized({ height }));
    });
    watchVisibility(new Map([...this.#values.values()].map((view) => [view.place, view.see])));
    return {};
  }

  #create(setup: RevealSetup, slot: RevealSetup['slots'][number]): ValueView {
    const view: ValueView = createValueView({
      slot,
      texts: setup.texts,
      listener: {
        changed: () => {
          // During construction there is nothing to tell yet.
          if (this.#values.has(slot.slot)) this.#note(view);
        },
        copied: () => {
          void tellHost(this.#host, (host) => host.copied({ slot: slot.slot }));
        },
      },
    });
    return view;
  }

  /** Collects what changed in one task, for one message. */
  #note(view: ValueView): void {
    if (this.#news.size === 0) queueMicrotask(() => void this.#publish());
    this.#news.add(view);
  }

  #publish(): Promise<void> {
    const slots = [...this.#news].map((view) => view.state());
    this.#news.clear();
    if (slots.length > 0) this.#told = tellHost(this.#host, (host) => host.changed({ slots }));
    return this.#told;
  }

  async #show({ request, items }: Show): Promise<void> {
    const shown = await Promise.all(
      items.map(async (item): Promise<{ slot: string; code?: ErrorCode }> => {
        const { slot } = item;
        const view = this.#values.get(slot);
        if (view === undefined) return { slot, code: 'unmounted' };
        if ('value' in item) {
          const code = await view.show(item);
          return code === undefined ? { slot } : { slot, code };
        }
        view.fail('not-found');
        return { slot, code: 'not-found' };
      }),
    );
    // The page hears of the states before the coordinator answers its `show`: one order of events, whatever was shown.
    await this.#publish();
    this.#channel?.send({ type: 'showed', request, items: shown });
  }

  /** The page's methods: it can lay out, dress and hide; only the coordinator can show. */
  handlers(): Handlers<typeof revealFrameMethods> {
    return {
      setup: (setup) => this.#setup(setup),
      update: ({ appearance, texts }) => {
        const root = this.#ready();
        if (appearance !== undefined) this.#styles.apply(appearance);
        if (texts !== undefined) for (const value of this.#values.values()) value.setTexts(texts);
        return { height: heightOf(root) };
      },
      pair: async ({ coordinator }) => {
        this.#ready();
        const port = await requestPairing({ coordinator, frame: this.#frame().id, role: 'reveal' });
        this.#channel?.close();
        this.#channel = privatePort<ToCoordinator, Show>({ port, incoming: show });
        this.#channel.on((message) => void this.#show(message));
        return {};
      },
      hide: () => {
        for (const value of this.#values.values()) value.hide();
        return {};
      },
    };
  }
}

/** Runs a reveal document: it shows values that come from the coordinator, and has neither network nor input. */
export function startReveal(config: FrameConfig): RunningFrame {
  const running: RunningFrame = startFrame<typeof revealHostMethods, typeof revealFrameMethods>({
    config,
    role: 'reveal',
    hostMethods: revealHostAnswers,
    frameMethods: revealFrameMethods,
    create: (host) => ({ handlers: new RevealFrame(config, host, () => running).handlers() }),
  });
  return running;
}
