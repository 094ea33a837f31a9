import {
  calls,
  CloisterError,
  serve,
  type Answers,
  type Calls,
  type Drawn,
  type FrameRole,
  type Handlers,
  type Knock,
  type MethodMap,
  type Welcome,
} from '@cloister/protocol';
import { deferred } from '../deferred.js';
import { coded } from '../errors.js';
import { after, listen } from '../listen.js';
import type { FrameHost } from './frame-host.js';
import { readGreeting } from './greeting.js';
import { watchStart, type StartWatch } from './start-watch.js';
import { openWire, withPatience, type Wire } from './wire.js';

/** What a frame is for and how it is spoken to. */
export interface FramePlan<H extends MethodMap, F extends MethodMap> {
  readonly role: FrameRole;
  /** Made by `createFrame`, not in the document yet; or adopted, and in it for a while. */
  readonly iframe: HTMLIFrameElement;
  readonly parent: Element;
  /** Of its address: what it draws by itself. */
  readonly fragment: string;
  readonly hostMethods: H;
  readonly frameMethods: Answers<F>;
  readonly handlers: Handlers<H>;
  /** Milliseconds that a call may take. */
  readonly patience: number;
  /** The first call; the frame is ready when it is done. Where it drew what we want by itself, there is nothing to call for. */
  setup(frame: FrameLink<F>, drawn: Drawn | undefined): Promise<unknown> | undefined;
  /** The document is gone or closed itself, after it was ready. */
  lost(error: CloisterError): void;
}

/** A frame that can be spoken to. */
export interface FrameLink<F extends MethodMap> {
  /** The id that the document gave itself. */
  readonly id: string;
  readonly calls: Calls<F>;
}

/** A frame in the page, from its insertion on. */
export interface OpenFrame<F extends MethodMap> {
  readonly iframe: HTMLIFrameElement;
  /** Rejects with the reason why it did not start, or with the one that `close` was given. */
  readonly ready: Promise<FrameLink<F>>;
  /** Removes frame, port and listeners. Does nothing the second time. */
  close(reason: CloisterError): void;
  /** The same, when the document is at fault: whoever uses the ready frame hears of it. */
  fail(reason: CloisterError): void;
}

/**
 * Inserts a frame and meets it.
 *
 * 1. Listen, then insert: a frame says `hello` once. One that was in the page before is asked to say it again.
 * 2. Of the messages from that very window and exact origin, the first `hello` of our version, build and role is answered
 *    with `welcome` and one end of a new channel, addressed to the elements origin (A06, A08).
 * 3. Calls go over that port only. A port is one document's for life, so a frame that was reloaded or navigated can never
 *    answer in the place of the one we met.
 * 4. A greeting of another build than the page has met is answered by loading the document of that build, once.
 * 5. Any later greeting of another document from the same window therefore means that our document is gone: the frame is given up, and never
 *    met again silently (A13). A forged greeting does no more than that (A18). A document that is not ours does not greet;
 *    when the frame loads again, ours must give a sign of life.
 */
export function openFrame<H extends MethodMap, F extends MethodMap>(
  host: FrameHost,
  plan: FramePlan<H, F>,
): OpenFrame<F> {
  return new Frame(host, plan);
}

class Frame<H extends MethodMap, F extends MethodMap> implements OpenFrame<F> {
  readonly iframe: HTMLIFrameElement;
  readonly ready: Promise<FrameLink<F>>;
  readonly #host: FrameHost;
  readonly #plan: FramePlan<H, F>;
  readonly #outcome = deferred<FrameLink<F>>();
  readonly #watch: StartWatch;
  readonly #stops: (() => void)[];
  #port: MessagePort | null = null;
  #wire: Wire | null = null;
  #id = '';
  #rebuilt = false;
  #loads = 0;
  #state: 'starting' | 'ready' | 'closed' = 'starting';

  constructor(host: FrameHost, plan: FramePlan<H, F>) {
    this.#host = host;
    this.#plan = plan;
    this.iframe = plan.iframe;
    this.ready = this.#outcome.promise;
    this.#stops = [host.inbox.watch(plan.iframe, this.#receive), listen<Event>(plan.iframe, 'load', this.#loaded)];
    const adopted = plan.iframe.isConnected;
    this.#watch = watchStart(host, plan.iframe, this.fail);
    if (adopted) this.#knock();
    else plan.parent.append(plan.iframe);
    host.starts(this.ready);
  }

  close(reason: CloisterError): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#watch.stop();
    for (const stop of this.#stops) stop();
    this.#wire?.close();
    this.#port?.close();
    this.iframe.remove();
    this.#outcome.reject(reason);
  }

  readonly fail = (reason: CloisterError): void => {
    const wasReady = this.#state === 'ready';
    this.close(reason);
    if (wasReady) this.#plan.lost(reason);
  };

  /** A frame whose document has not come yet would have it told to the page's own; it greets when it is there. */
  #knock(): void {
    if (this.iframe.contentDocument === null) this.#post({ cloister: 'knock' });
  }

  #post(message: Knock | Welcome, ports: readonly MessagePort[] = []): void {
    this.iframe.contentWindow?.postMessage(message, this.#host.elements, [...ports]);
  }

  readonly #replaced = (): void => {
    this.fail(new CloisterError('destroyed', 'the document in the frame is gone'));
  };

  /** Our document loads once, before or after its greeting; a new fragment loads too and changes no document (A20). */
  readonly #loaded = (): void => {
    this.#loads += 1;
    if (this.#loads > 1 && this.#port !== null) this.#speak().check();
  };

  readonly #receive = (data: unknown): void => {
    const greeting = readGreeting(data, { role: this.#plan.role, build: this.#host.build });
    if (greeting.kind === 'noise') return;
    if (this.#id !== '') {
      // It was asked for a greeting that it had sent already.
      if (greeting.kind !== 'hello' || greeting.frame !== this.#id) this.#replaced();
    } else if (greeting.kind === 'stranger') {
      this.#rebuild();
    } else if (greeting.kind === 'failure') {
      this.fail(new CloisterError(greeting.code));
    } else {
      this.#host.build = greeting.build;
      this.#watch.greeted();
      this.#meet(greeting.frame, greeting.drawn);
    }
  };

  /** A deployment lies between this page's frames; what it began with stays where it was, for as long as it is kept. */
  #rebuild(): void {
    if (this.#rebuilt) this.fail(new CloisterError('version'));
    else this.iframe.src = `${this.#host.address(this.#plan.role, true)}${this.#plan.fragment}`;
    this.#rebuilt = true;
  }

  #meet(id: string, drawn: Drawn | undefined): void {
    const { frameMethods, patience } = this.#plan;
    const { port1, port2 } = new MessageChannel();
    this.#id = id;
    this.#post({ cloister: 'welcome', frame: id }, [port2]);
    this.#port = port1;
    // HTML §9.4.4 `close`: sent when the other port's document is gone, also before a word was said. Browsers without it notice by the next hello.
    this.#stops.push(listen<Event>(port1, 'close', this.#replaced));
    const remote = withPatience(() => this.#speak().remote, Object.keys(frameMethods), patience);
    const link = { id, calls: calls(frameMethods, remote, (code, hint) => new CloisterError(code, hint)) };
    const setup = this.#plan.setup(link, this.iframe.src.endsWith(this.#plan.fragment) ? drawn : undefined);
    if (setup === undefined) this.#begin(link);
    else
      setup.then(
        () => {
          this.#begin(link);
        },
        (error: unknown) => {
          this.fail(coded(error));
        },
      );
    // Nobody who waits for the frame waits for this.
    this.#stops.push(after(0, () => this.#speak()));
  }

  /** @throws CloisterError `destroyed` when the frame is closed, or was not met. */
  #speak(): Wire {
    const { hostMethods, handlers } = this.#plan;
    if (this.#port === null || this.#state === 'closed') throw new CloisterError('destroyed');
    this.#wire ??= openWire(this.#port, serve(hostMethods, handlers), this.#replaced);
    return this.#wire;
  }

  #begin(link: FrameLink<F>): void {
    if (this.#state !== 'starting') return;
    this.#state = 'ready';
    this.#watch.stop();
    this.#outcome.resolve(link);
  }
}
