import { connect } from 'penpal';
import {
  calls,
  decode,
  knock,
  PortMessenger,
  PROTOCOL_VERSION,
  serve,
  tokenBucket,
  welcome,
  wireGuard,
  type Answers,
  type Calls,
  type Drawn,
  type FrameRole,
  type Handlers,
  type Hello,
  type MethodMap,
  type Refusal,
  type WireMethods,
} from '@cloister/protocol';
import { deferred } from './deferred.js';
import type { FrameConfig } from './frame-config.js';
import { listen } from './listen.js';
import { randomId } from './random-id.js';
import { selfCheck, surroundings } from './self-check.js';

/** What a frame offers the page and how it answers. */
export interface FrameStart<H extends MethodMap, F extends MethodMap> {
  readonly config: FrameConfig;
  readonly role: FrameRole;
  /** The map that the page offers, as its caller needs it. */
  readonly hostMethods: Answers<H>;
  /** The map that this frame offers. */
  readonly frameMethods: F;
  readonly create: (host: Promise<Calls<H>>) => FrameParts<F>;
}

/** What a role is made of. */
export interface FrameParts<F extends MethodMap> {
  readonly handlers: Handlers<F>;
  /** Runs once the surroundings are found right, before anybody is greeted. */
  readonly begin?: () => void;
  /** What the greeting says of what stands there already. */
  readonly drawn?: () => Drawn | undefined;
}

/** A frame that runs. */
export interface RunningFrame {
  /** This document's own id. */
  readonly id: string;
  /** Resolves when the page has answered; never, when it does not. */
  readonly connected: Promise<{ readonly hostOrigin: string }>;
  readonly destroy: () => void;
}

/** A page may send this many messages at once, and so many a second afterwards; more are dropped unread (A44). */
const BURST = 256;
const PER_SECOND = 128;

/**
 * Addresses a message to the embedding page and to nobody else: never `'*'` (A06). Where the browser names the ancestors
 * the one that is there is addressed; elsewhere each listed origin in turn, and the browser delivers only where it fits.
 */
function tellParent(config: FrameConfig, message: Hello | Refusal): void {
  const nearest = surroundings().ancestors[0];
  const targets = nearest === undefined ? config.hosts : [nearest];
  for (const origin of targets) window.parent.postMessage(message, origin);
}

interface Welcomed {
  readonly hostOrigin: string;
  readonly port: MessagePort;
}

interface Expected {
  readonly config: FrameConfig;
  readonly id: string;
  /** Somebody asks to be greeted, perhaps again. */
  readonly greet: () => void;
  readonly accept: (welcomed: Welcomed) => void;
}

/** Waits for the one `welcome`: source, then exact origin, then shape, then id, then exactly one port. */
function awaitWelcome({ config, id, greet, accept }: Expected): () => void {
  const stop = listen(window, 'message', (event) => {
    if (event.source !== window.parent || !config.hosts.includes(event.origin)) return;
    if (decode(knock, event.data).ok) greet();
    const message = decode(welcome, event.data);
    const [port, ...others] = event.ports;
    if (!message.ok || message.value.frame !== id || port === undefined || others.length > 0) return;
    stop();
    accept({ hostOrigin: event.origin, port });
  });
  return stop;
}

/**
 * Checks the surroundings, greets the page, and serves it over the port that it answers with. The steps are those of the
 * hello contract; a frame that may not run sends a refusal and does nothing else.
 *
 * Security: one connection for the document's life. Whoever reloads or navigates the frame meets a new document with a new
 * id and none of the values (A13, A18, A19).
 */
export function startFrame<H extends MethodMap, F extends MethodMap>(start: FrameStart<H, F>): RunningFrame {
  const { config, role } = start;
  const id = randomId();
  const { promise: host, resolve: meet } = deferred<Calls<H>>();
  const { promise: connected, resolve: arrive } = deferred<{ readonly hostOrigin: string }>();
  const { handlers, begin, drawn } = start.create(host);
  const methods = serve(start.frameMethods, handlers);
  let disconnect = (): void => undefined;
  const accept = ({ hostOrigin, port }: Welcomed): void => {
    const now = (): number => performance.now();
    const guard = wireGuard(tokenBucket(BURST, PER_SECOND, now), now);
    const connection = connect<WireMethods>({ messenger: new PortMessenger(port, guard), methods });
    disconnect = connection.destroy;
    arrive({ hostOrigin });
    void connection.promise.then((remote) => {
      meet(calls(start.hostMethods, remote));
    });
  };
  const code = selfCheck(config, surroundings());
  const greeting = (): Hello | Refusal => {
    if (code !== null) return { cloister: 'refusal', code };
    const stands = drawn?.();
    const hello = { cloister: 'hello', protocol: PROTOCOL_VERSION, build: config.build, role, frame: id } as const;
    return stands === undefined ? hello : { ...hello, drawn: stands };
  };
  const greet = (): void => {
    if (window.parent !== window) tellParent(config, greeting());
  };
  // Nobody can welcome an id that nobody has heard of.
  const stop = awaitWelcome({ config, id, accept, greet });
  queueMicrotask(() => {
    if (code === null) begin?.();
    greet();
  });
  return {
    id,
    connected,
    destroy: () => {
      stop();
      disconnect();
    },
  };
}
