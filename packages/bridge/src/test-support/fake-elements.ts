import {
  CodedError,
  collectFrameMethods,
  collectHostAnswers,
  coordinatorMethods,
  revealFrameMethods,
  revealHostAnswers,
  type Calls,
  type collectHostMethods,
  type revealHostMethods,
  type CollectDrawing,
  type ErrorCode,
  type FieldState,
  type FrameRole,
  type Handlers,
  type RevealSetup,
} from '@cloister/protocol';
import { FakeFrame } from './fake-frame.js';

export const JKT = 'a'.repeat(43);
export const SESSION = 'session-token-of-enough-length';
export const uuid = (digit: string): string => `${digit.repeat(8)}-0000-4000-8000-000000000000`;

export interface Call {
  readonly method: string;
  readonly params: unknown;
  readonly frame: string;
}

/** How the elements origin behaves; a test changes parts of it before it mounts. */
export interface Behaviour {
  /** Frames that say nothing by themselves. */
  mute: readonly FrameRole[];
  /** Whether collect frames draw what their address names, as ours do; else they wait for their first call. */
  draws: boolean;
  /** What is wrong with a setup. */
  refuse: ErrorCode | undefined;
  /** States that frames report; by default all fields are valid. */
  states: Record<string, FieldState>;
  optional: readonly string[];
  /** Whether the coordinator's vault wants sessions. */
  session: boolean;
  submit: Handlers<typeof coordinatorMethods>['submit'];
  reveal: Handlers<typeof coordinatorMethods>['reveal'];
}

const valid = (name: string): FieldState => ({ name, status: 'valid', focused: false, touched: true });

/** An elements origin without documents: notices frames that the bridge inserts and answers in their place. */
export class FakeElements {
  readonly calls: Call[] = [];
  readonly frames: FakeFrame[] = [];
  readonly hosts = new Map<FakeFrame, Promise<Calls<typeof collectHostMethods>>>();
  readonly revealHosts = new Map<FakeFrame, Promise<Calls<typeof revealHostMethods>>>();
  readonly behaviour: Behaviour = {
    mute: [],
    draws: false,
    refuse: undefined,
    states: {},
    optional: [],
    session: true,
    submit: ({ frames }) => ({
      created: { record: uuid('1'), tokens: { number: uuid('2') }, facts: {} },
      told: frames.map(() => 0),
    }),
    reveal: ({ items }) => ({ items: items.map(({ slot }) => ({ slot })) }),
  };
  readonly #observer = new MutationObserver((records) => {
    for (const { addedNodes } of records) {
      for (const node of addedNodes) if (node instanceof HTMLIFrameElement) this.#meet(node);
    }
  });

  constructor() {
    this.#observer.observe(document, { childList: true, subtree: true });
  }

  /** Frames of a role that are in the page. */
  of(role: FrameRole): readonly FakeFrame[] {
    return this.frames.filter((frame) => frame.role === role && frame.iframe.isConnected);
  }

  called(method: string): readonly Call[] {
    return this.calls.filter((call) => call.method === method);
  }

  destroy(): void {
    this.#observer.disconnect();
    for (const frame of this.frames) frame.destroy();
    document.body.replaceChildren();
  }

  #meet(iframe: HTMLIFrameElement): void {
    if (iframe.src.endsWith('/diagnose.html')) return;
    const frame = new FakeFrame(iframe);
    this.frames.push(frame);
    this.#serve(frame);
    if (!this.behaviour.mute.includes(frame.role)) frame.say(frame.hello(this.#drawn(frame)));
  }

  #drawn({ role, iframe }: FakeFrame): Readonly<Record<string, unknown>> {
    if (role !== 'collect' || !this.behaviour.draws) return {};
    const { layout } = JSON.parse(decodeURIComponent(new URL(iframe.src).hash.slice(1))) as CollectDrawing;
    const fields = layout.flat().map((name) => this.behaviour.states[name] ?? valid(name));
    return { drawn: { fields, optional: this.behaviour.optional } };
  }

  #serve(frame: FakeFrame): void {
    if (frame.role === 'collect')
      this.hosts.set(
        frame,
        frame.serve<typeof collectFrameMethods, typeof collectHostMethods>(
          { map: collectFrameMethods, handlers: this.#collect(frame) },
          collectHostAnswers,
        ),
      );
    else if (frame.role === 'reveal')
      this.revealHosts.set(
        frame,
        frame.serve<typeof revealFrameMethods, typeof revealHostMethods>(
          { map: revealFrameMethods, handlers: this.#reveal(frame) },
          revealHostAnswers,
        ),
      );
    else void frame.serve({ map: coordinatorMethods, handlers: this.#coordinator(frame) }, {});
  }

  #note(frame: FakeFrame, method: string, params: unknown): void {
    this.calls.push({ frame: frame.id, method, params });
  }

  #collect(frame: FakeFrame): Handlers<typeof collectFrameMethods> {
    let setup: CollectDrawing | undefined;
    const states = (): FieldState[] =>
      (setup?.layout.flat() ?? []).map((name) => this.behaviour.states[name] ?? valid(name));
    const empty = (method: string) => (params: unknown) => {
      this.#note(frame, method, params);
      return {};
    };
    return {
      setup: (params) => {
        this.#note(frame, 'setup', params);
        if (this.behaviour.refuse !== undefined) throw new CodedError(this.behaviour.refuse);
        setup = params;
        void this.hosts
          .get(frame)
          ?.then((host) => host.resized({ height: 64 }))
          .catch(() => undefined);
        return { fields: states(), optional: this.behaviour.optional };
      },
      update: (params) => {
        this.#note(frame, 'update', params);
        if (this.behaviour.refuse !== undefined) throw new CodedError(this.behaviour.refuse);
        return { height: 80 };
      },
      pair: empty('pair'),
      focus: empty('focus'),
      blur: empty('blur'),
      clear: empty('clear'),
      validate: (params) => {
        this.#note(frame, 'validate', params);
        return { fields: states() };
      },
    };
  }

  #reveal(frame: FakeFrame): Handlers<typeof revealFrameMethods> {
    const note = (method: string, params: unknown): void => {
      this.#note(frame, method, params);
    };
    return {
      setup: (params: RevealSetup) => {
        note('setup', params);
        return {};
      },
      update: () => ({ height: 40 }),
      pair: (params) => {
        note('pair', params);
        return {};
      },
      hide: (params) => {
        note('hide', params);
        return {};
      },
    };
  }

  #coordinator(frame: FakeFrame): Handlers<typeof coordinatorMethods> {
    return {
      prepare: () => {
        this.#note(frame, 'prepare', {});
        return { thumbprint: JKT, session: this.behaviour.session };
      },
      submit: (params) => {
        this.#note(frame, 'submit', params);
        return this.behaviour.submit(params);
      },
      reveal: (params) => {
        this.#note(frame, 'reveal', params);
        return this.behaviour.reveal(params);
      },
    };
  }
}
