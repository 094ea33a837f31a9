import {
  CloisterError,
  coordinatorAnswers,
  coordinatorHostMethods,
  type Calls,
  type coordinatorMethods,
  type Infer,
} from '@cloister/protocol';
import { coded } from '../errors.js';
import { createFrame } from '../frame/create-frame.js';
import type { FrameHost } from '../frame/frame-host.js';
import { openFrame, type FrameLink, type OpenFrame } from '../frame/open-frame.js';
import { FRAME_TITLES } from '../messages/en.js';

type CoordinatorLink = FrameLink<typeof coordinatorMethods>;
export type CoordinatorCalls = Calls<typeof coordinatorMethods>;

/** What a coordinator says of itself, once. */
export type Identity = Infer<typeof coordinatorMethods.prepare.result>;

/** A coordinator that is ready. */
export interface ReadyCoordinator {
  readonly calls: CoordinatorCalls;
  readonly identity: Identity;
}

/** A collect or reveal frame that is ready. */
export interface Partner {
  readonly id: string;
  /** Tells the frame whom to meet. */
  pair(coordinator: string): Promise<unknown>;
  /** The link could not be made; it is tried again when it is needed. */
  unpaired(error: CloisterError): void;
}

/** A call may wait for the vault: 20 s there, and what the frames and the queue need, in milliseconds. */
const PATIENCE = 60_000;

interface Pairing {
  readonly with: string;
  readonly done: Promise<unknown>;
}

/**
 * The one hidden frame that may use the network. It is created when somebody begins to use a frame and no other frame starts, so that it
 * costs a page that is only looked at nothing and delays no frame, and again when it was lost; then every frame is paired anew.
 */
export class Coordinator {
  readonly #host: FrameHost;
  readonly #partners = new Map<Partner, Pairing | null>();
  #frame: OpenFrame<typeof coordinatorMethods> | null = null;
  #identity: Identity | null = null;
  #awake = false;
  #destroyed = false;

  constructor(host: FrameHost) {
    this.#host = host;
  }

  /** Keeps a frame paired, once the coordinator is wanted, until the returned function is called. */
  attach(partner: Partner): () => void {
    this.#partners.set(partner, null);
    if (this.#awake) this.#pairInBackground(partner);
    return () => {
      this.#partners.delete(partner);
    };
  }

  /** Somebody uses a frame: all frames are paired in the background, and from now on each that comes. */
  wake(): void {
    if (this.#awake) return;
    this.#awake = true;
    this.#pairAllInBackground();
  }

  /** Calls to the coordinator, once these frames are paired with it. */
  async reach(partners: readonly Partner[]): Promise<ReadyCoordinator> {
    // What is submitted without a focus before it wakes the frames of other forms, too.
    this.wake();
    const link = await this.#link();
    await Promise.all(partners.map((partner) => this.#pair(partner, link)));
    if (this.#identity === null) throw new CloisterError('unpaired');
    return { calls: link.calls, identity: this.#identity };
  }

  destroy(): void {
    this.#destroyed = true;
    this.#partners.clear();
    this.#frame?.close(new CloisterError('destroyed'));
    this.#frame = null;
  }

  #link(): Promise<CoordinatorLink> {
    // Calls that were under way when the client was destroyed must not bring its frame back.
    if (this.#destroyed) return Promise.reject(new CloisterError('destroyed'));
    // A page that replaces its body takes the frame with it, and not every browser tells.
    if (this.#frame?.iframe.isConnected === false) this.#drop();
    this.#frame ??= this.#open();
    return this.#frame.ready;
  }

  #open(): OpenFrame<typeof coordinatorMethods> {
    const frame = openFrame<typeof coordinatorHostMethods, typeof coordinatorMethods>(this.#host, {
      role: 'coordinator',
      iframe: createFrame(this.#host.address('coordinator'), { title: FRAME_TITLES.coordinator, hidden: true }),
      parent: document.body,
      fragment: '',
      hostMethods: coordinatorHostMethods,
      frameMethods: coordinatorAnswers,
      handlers: {},
      patience: PATIENCE,
      // Its answer is kept for every submit to come, and shows that frames can pair with it.
      setup: async ({ calls }) => {
        this.#identity = await calls.prepare({});
      },
      lost: () => {
        this.#frame = null;
        this.#pairAllInBackground();
      },
    });
    // Whoever asked for it hears of a failure; the next one who asks gets a new frame.
    frame.ready.catch(() => {
      if (this.#frame === frame) this.#frame = null;
    });
    return frame;
  }

  #drop(): void {
    this.#frame?.close(new CloisterError('unpaired'));
    this.#frame = null;
  }

  #pairAllInBackground(): void {
    for (const partner of this.#partners.keys()) this.#pairInBackground(partner);
  }

  #pairInBackground(partner: Partner): void {
    const pair = async (): Promise<void> => {
      await this.#host.quiet();
      if (this.#partners.has(partner)) await this.reach([partner]);
    };
    pair().catch((error: unknown) => {
      if (this.#partners.has(partner)) partner.unpaired(coded(error));
    });
  }

  #pair(partner: Partner, link: CoordinatorLink): Promise<unknown> {
    const known = this.#partners.get(partner);
    if (known === undefined) return Promise.reject(new CloisterError('unmounted'));
    if (known?.with === link.id) return known.done;
    const done = partner.pair(link.id);
    this.#partners.set(partner, { with: link.id, done });
    done.catch(() => {
      if (this.#partners.get(partner)?.done === done) this.#partners.set(partner, null);
    });
    return done;
  }
}
