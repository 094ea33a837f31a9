import {
  CloisterError,
  type Answers,
  type Calls,
  type CollectDrawing,
  type Drawn,
  type ErrorCode,
  type FrameRole,
  type Handlers,
  type MethodMap,
} from '@cloister/protocol';
import type { Client } from '../client.js';
import { adoptFrame } from '../frame/adopt-frame.js';
import { createFrame, fitHeight, type FrameLook } from '../frame/create-frame.js';
import { fragmentOf } from '../frame/fragment.js';
import { openFrame, type OpenFrame } from '../frame/open-frame.js';
import type { Partner } from './coordinator.js';

/** What collect and reveal frames differ in. */
export interface PairedPlan<H extends MethodMap, F extends MethodMap> {
  readonly role: Exclude<FrameRole, 'coordinator'>;
  /** What is in it. */
  readonly names: readonly string[];
  readonly parent: Element;
  readonly look: FrameLook;
  /** What its address names, to be drawn before anybody speaks to it. */
  readonly drawing?: CollectDrawing;
  readonly hostMethods: H;
  readonly frameMethods: Answers<F>;
  readonly handlers: (frame: FrameControls) => Handlers<H>;
  /** The first call, unless the frame drew what it should by itself. */
  begin(calls: Calls<F>, drawn: Drawn | undefined): Promise<unknown> | undefined;
  pair(calls: Calls<F>, coordinator: string): Promise<unknown>;
  readonly listener: PairedListener<PairedFrame<H, F>>;
}

/** What a form or view hears of any frame. */
export interface PairedListener<T> {
  /** The frame was ready and is gone. */
  lost(frame: T, error: CloisterError): void;
  /** It could not be paired; that is tried again when it is needed. */
  unpaired(frame: T, error: CloisterError): void;
}

/** What a frame may do to its own place in the page. */
export interface FrameControls {
  resize(height: number): void;
  fail(code: ErrorCode): void;
  /** Somebody uses it, so that the coordinator will be needed. */
  used(): void;
}

/** What any frame may say of itself. */
export const aboutItself = (
  frame: FrameControls,
): {
  readonly resized: (news: { readonly height: number }) => object;
  readonly failed: (news: { readonly code: ErrorCode }) => object;
} => ({
  resized: ({ height }) => {
    frame.resize(height);
    return {};
  },
  failed: ({ code }) => {
    frame.fail(code);
    return {};
  },
});

/** A visible frame: it fills its place, is paired with the coordinator when that is there, and can be called. */
export class PairedFrame<H extends MethodMap, F extends MethodMap> implements Partner {
  /** Resolves when the first call is answered. */
  readonly ready: Promise<void>;
  readonly names: readonly string[];
  readonly #frame: OpenFrame<F>;
  readonly #plan: PairedPlan<H, F>;
  #id = '';
  #detach: (() => void) | null = null;

  constructor(client: Client, plan: PairedPlan<H, F>) {
    this.#plan = plan;
    this.names = plan.names;
    const fragment = plan.drawing === undefined ? '' : fragmentOf(plan.drawing);
    const iframe =
      adoptFrame(plan.parent, `${client.host.elements}/${plan.role}.html`, plan.look.title) ??
      createFrame(`${client.host.address(plan.role)}${fragment}`, plan.look);
    const controls: FrameControls = {
      resize: (height) => {
        fitHeight(iframe, height);
      },
      fail: (code) => {
        this.#frame.fail(new CloisterError(code));
      },
      used: () => {
        client.coordinator.wake();
      },
    };
    this.#frame = openFrame(client.host, {
      ...plan,
      iframe,
      fragment,
      handlers: plan.handlers(controls),
      patience: client.host.timeout,
      setup: ({ id, calls }, drawn) => {
        this.#id = id;
        return plan.begin(calls, drawn);
      },
      lost: (error) => {
        this.#detach?.();
        plan.listener.lost(this, error);
      },
    });
    this.ready = this.#frame.ready.then(() => {
      // It may have been closed in the same moment.
      if (iframe.isConnected) this.#detach = client.coordinator.attach(this);
    });
  }

  /** The document's own id, once it was met. */
  get id(): string {
    return this.#id;
  }

  get iframe(): HTMLIFrameElement {
    return this.#frame.iframe;
  }

  /** Calls the frame as soon as it is ready. */
  async ask<T>(call: (frame: Calls<F>) => Promise<T>): Promise<T> {
    return call((await this.#frame.ready).calls);
  }

  pair(coordinator: string): Promise<unknown> {
    return this.ask((calls) => this.#plan.pair(calls, coordinator));
  }

  unpaired(error: CloisterError): void {
    this.#plan.listener.unpaired(this, error);
  }

  resize(height: number): void {
    fitHeight(this.iframe, height);
  }

  /** Whoever takes a frame away knows that its mount comes to nothing; that must not be an unhandled rejection. */
  close(code: ErrorCode): void {
    this.#detach?.();
    this.ready.catch(() => undefined);
    this.#frame.close(new CloisterError(code));
  }
}
