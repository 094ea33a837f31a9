import { connect, type Message } from 'penpal';
import {
  calls,
  decode,
  PortMessenger,
  PROTOCOL_VERSION,
  serve,
  tokenBucket,
  wireGuard,
  welcome,
  type Answers,
  type Calls,
  type FrameRole,
  type MethodMap,
  type WireFunction,
  type WireMethods,
} from '@cloister/protocol';

export const ELEMENTS = 'https://elements.example';

/** What a frame says when it starts; a test changes parts of it. */
export interface Greeting {
  readonly data: unknown;
  readonly origin: string;
  readonly source: MessageEventSource | null;
}

let frames = 0;

/** The frame side of the contract in the place of a document: real penpal, real ports, protocol's own decoders. */
export class FakeFrame {
  readonly id: string;
  readonly iframe: HTMLIFrameElement;
  readonly role: FrameRole;
  /** Target origins of all that the page posted into the frame's window. */
  readonly addressed: string[] = [];
  ports = 0;
  #port: MessagePort | undefined;
  #connect: ((port: MessagePort) => void) | undefined;
  #disconnect: (() => void) | undefined;
  #deaf = false;

  constructor(iframe: HTMLIFrameElement) {
    frames += 1;
    this.id = `frame${String(frames)}`.padEnd(22, '_');
    this.iframe = iframe;
    this.role = roleOf(iframe);
    const view = iframe.contentWindow;
    if (view === null) throw new TypeError('the iframe is not in the document');
    // jsdom delivers no ports between windows; everything after this line is what a browser would do.
    view.postMessage = (data: unknown, target: unknown, transfer?: unknown) => {
      this.addressed.push(String(target));
      const port = Array.isArray(transfer) ? (transfer as readonly unknown[])[0] : undefined;
      if (!decode(welcome, data).ok || !(port instanceof MessagePort)) return;
      this.ports += 1;
      this.#port ??= port;
      this.#connect?.(port);
    };
  }

  hello(changes: Readonly<Record<string, unknown>> = {}): unknown {
    return {
      cloister: 'hello',
      protocol: PROTOCOL_VERSION,
      build: 'build-one',
      role: this.role,
      frame: this.id,
      ...changes,
    };
  }

  /** Delivers a message to the page as the browser would. */
  say(data: unknown, from: Partial<Omit<Greeting, 'data'>> = {}): void {
    window.dispatchEvent(
      new MessageEvent('message', { data, origin: ELEMENTS, source: this.iframe.contentWindow, ...from }),
    );
  }

  /** Serves the frame's methods once the page answers, and calls the page's. */
  serve<F extends MethodMap, H extends MethodMap>(
    frame: { readonly map: F; readonly handlers: Parameters<typeof serve<F>>[1] },
    host: Answers<H>,
  ): Promise<Calls<H>> {
    return new Promise((resolve) => {
      this.#connect = (port) => {
        const now = (): number => performance.now();
        const guard = wireGuard(tokenBucket(1000, 1000, now), now);
        const messenger = new PortMessenger<Message>(port, (message, pass) => {
          if (!this.#deaf) guard(message, pass);
        });
        const connection = connect<Record<string, WireFunction>>({
          messenger,
          methods: serve(frame.map, frame.handlers),
        });
        this.#disconnect = connection.destroy;
        void connection.promise.then((remote: WireMethods) => {
          resolve(calls<H>(host, remote));
        });
      };
      if (this.#port !== undefined) this.#connect(this.#port);
    });
  }

  /** The document goes away, as after a navigation: its port closes. */
  vanish(): void {
    this.#port?.close();
  }

  /** The document is replaced, and the browser does not close its port. */
  deafen(): void {
    this.#deaf = true;
  }

  destroy(): void {
    this.#disconnect?.();
    this.#port?.close();
  }
}

function roleOf(iframe: HTMLIFrameElement): FrameRole {
  const [address = ''] = iframe.src.split('#');
  if (address.endsWith('/collect.html')) return 'collect';
  return address.endsWith('/reveal.html') ? 'reveal' : 'coordinator';
}
