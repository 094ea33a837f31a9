/** One thing that the host page could observe. `stream` groups what has an order of its own. */
export interface TraceEntry {
  readonly stream: string;
  readonly what: string;
}

/** What the recorder leaves on the host page's window for the test. */
export interface RecorderWindow {
  /** Everything since the last call, and a snapshot of what can be looked at. */
  drainTrace(): Promise<readonly TraceEntry[]>;
  /** Adds an entry. */
  noteTrace(stream: string, what: string): void;
  /** A value as a text, whatever it is. */
  showTrace(value: unknown): string;
}

/**
 * Runs in the host page before any other script and records all that script there could observe: messages to the window
 * and over ports, the DOM, stores, history, focus, sizes of frames, errors. (`recordSdk` adds what the SDK answers and tells.)
 *
 * It must not change what it watches, so listeners are added beside those of the page, and no port that is the SDK's is
 * started.
 * It is handed to the browser as source text, and therefore stands alone.
 */
export function recordHost(): void {
  if (window !== window.top) return;
  const entries: TraceEntry[] = [];
  const note = (stream: string, what: string): void => {
    entries.push({ stream, what });
  };

  // What structured clone can carry and JSON cannot.
  const special: readonly (readonly [is: (value: unknown) => boolean, read: (value: never) => unknown])[] = [
    [(value) => typeof value === 'function', () => '[function]'],
    [(value) => typeof value === 'bigint' || typeof value === 'symbol', String],
    [(value) => value instanceof Map || value instanceof Set, (list: Iterable<unknown>) => Array.from(list)],
    [
      (value) => value instanceof Error,
      (error: Error) => ({ ...members(error), text: String(error), at: error.stack }),
    ],
    [(value) => value instanceof ArrayBuffer, (buffer: ArrayBuffer) => Array.from(new Uint8Array(buffer))],
    [(value) => value instanceof Element, (element: Element) => element.outerHTML],
    [(value) => value instanceof Node, (node: Node) => node.textContent],
    [(value) => value instanceof MessagePort, () => '[port]'],
  ];
  const members = (object: object): object => Object.fromEntries(Object.entries(object));
  const plain = (_: string, value: unknown): unknown => {
    const found = special.find(([is]) => is(value));
    return found === undefined ? value : found[1](value as never);
  };
  const show = (value: unknown): string => {
    try {
      return value === undefined ? 'undefined' : JSON.stringify(value, plain);
    } catch {
      return Object.prototype.toString.call(value);
    }
  };

  // Frames are told apart by the place that they stand in.
  const nameOf = (frame: Element): string => frame.parentElement?.id ?? '';
  const labelOf = (frame: Element): string => nameOf(frame) || (frame.getAttribute('title') ?? frame.tagName);
  const senderOf = (source: MessageEventSource | null): string => {
    const frame = [...document.querySelectorAll('iframe')].find(({ contentWindow }) => contentWindow === source);
    if (frame !== undefined) return labelOf(frame);
    return source === window ? 'self' : 'stranger';
  };

  // Messages to the window, and the ports that came with them or were made while one was handled.
  let speaking = 'page';
  const labels = new WeakMap<MessagePort, string>();
  const known = new WeakSet<MessagePort>();
  const addPortListener = MessagePort.prototype.addEventListener;
  const watchPort = (port: MessagePort, label: string): void => {
    if (known.has(port)) return;
    known.add(port);
    addPortListener.call(port, 'message', ((event: MessageEvent<unknown>) => {
      for (const each of event.ports) watchPort(each, `${label} > port`);
      note(`port ${label}`, `in ${String(event.ports.length)} ${show(event.data)}`);
    }) as EventListener);
    addPortListener.call(port, 'messageerror', () => {
      note(`port ${label}`, 'messageerror');
    });
  };
  window.addEventListener(
    'message',
    (event: MessageEvent<unknown>) => {
      speaking = senderOf(event.source);
      const speaker = speaking;
      setTimeout(() => {
        if (speaking === speaker) speaking = 'page';
      });
      for (const port of event.ports) {
        watchPort(port, `from ${speaking}`);
        // The SDK is never sent a port; a page that were could read it.
        port.start();
      }
      note(`window ${speaking}`, `${event.origin} ${String(event.ports.length)} ${show(event.data)}`);
    },
    true,
  );
  window.MessageChannel = new Proxy(MessageChannel, {
    construct: (target) => {
      const channel = new target();
      watchPort(channel.port1, speaking);
      watchPort(channel.port2, speaking);
      labels.set(channel.port1, speaking).set(channel.port2, speaking);
      return channel;
    },
  });
  for (const method of ['postMessage', 'addEventListener', 'start'] as const) {
    const original = MessagePort.prototype[method] as (...args: unknown[]) => unknown;
    Object.defineProperty(MessagePort.prototype, method, {
      configurable: true,
      writable: true,
      value(this: MessagePort, ...args: unknown[]): unknown {
        const label = labels.get(this) ?? 'unknown';
        watchPort(this, label);
        if (method === 'postMessage') note(`port ${label}`, `out ${show(args[0])}`);
        return original.apply(this, args);
      },
    });
  }
  const onmessage = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage');
  Object.defineProperty(MessagePort.prototype, 'onmessage', {
    ...onmessage,
    set(this: MessagePort, handler: unknown) {
      watchPort(this, labels.get(this) ?? 'unknown');
      onmessage?.set?.call(this, handler);
    },
  });
  const postHere = window.postMessage.bind(window) as (...args: unknown[]) => void;
  window.postMessage = (...args: unknown[]): void => {
    note('window self', `out ${show(args[0])} ${show(args[1])}`);
    postHere(...args);
  };

  // The document, as script can watch it change.
  const placeOf = (node: Node): string => {
    const element = node instanceof Element ? node : node.parentElement;
    return element?.closest('[id]')?.id ?? element?.tagName ?? '';
  };
  const observer = new MutationObserver((mutations) => {
    for (const { type, target, attributeName, addedNodes, removedNodes } of mutations) {
      const stream = `dom ${placeOf(target)}`;
      if (type === 'attributes' && attributeName !== null && target instanceof Element)
        note(stream, `${target.tagName} ${attributeName}=${String(target.getAttribute(attributeName))}`);
      else if (type === 'characterData') note(stream, `text ${String(target.textContent)}`);
      for (const node of addedNodes) note(stream, `added ${show(node)}`);
      for (const node of removedNodes) note(stream, `removed ${show(node)}`);
    }
  });
  // In how many pieces the parser puts the page together is its own affair.
  document.addEventListener('DOMContentLoaded', () => {
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  });

  // Sizes of frames, as often as they can be seen to change.
  const sizes = new WeakMap<Element, string>();
  const measure = (): void => {
    for (const frame of document.querySelectorAll('iframe')) {
      const { width, height } = frame.getBoundingClientRect();
      const size = `${String(width)}x${String(height)}`;
      if (sizes.get(frame) !== size) note(`size ${labelOf(frame)}`, size);
      sizes.set(frame, size);
    }
    requestAnimationFrame(measure);
  };
  requestAnimationFrame(measure);

  // Focus, keys that bubble to the page, errors, stores, history.
  const heard = {
    focus: [
      'focusin',
      'focusout',
      'keydown',
      'keyup',
      'beforeinput',
      'input',
      'selectionchange',
      'copy',
      'cut',
      'paste',
    ],
    history: ['popstate', 'hashchange', 'pageshow', 'pagehide', 'visibilitychange'],
    error: ['securitypolicyviolation'],
  };
  for (const [stream, types] of Object.entries(heard))
    for (const type of types)
      document.addEventListener(type, (event) => note(stream, `${type} ${(event.target as Element).id}`), true);
  for (const type of ['focus', 'blur'] as const)
    window.addEventListener(type, ({ target }) => note('focus', target === window ? type : `${type} inside`), true);
  window.addEventListener('popstate', ({ state }) => note('history', `popstate ${show(state)}`));
  window.addEventListener('hashchange', () => note('history', location.href));
  window.addEventListener(
    'error',
    ({ message, error }: ErrorEvent) => note('error', `${message} ${show(error)}`),
    true,
  );
  window.addEventListener('unhandledrejection', ({ reason }) => note('error', `unhandled ${show(reason)}`));
  const setItem = Storage.prototype.setItem;
  Storage.prototype.setItem = function (key: string, value: string): void {
    note('storage', `${key}=${value}`);
    setItem.call(this, key, value);
  };
  for (const method of ['pushState', 'replaceState'] as const) {
    const original = history[method].bind(history);
    history[method] = (...args: Parameters<History['pushState']>): void => {
      note('history', `${method} ${show(args)}`);
      original(...args);
    };
  }

  const stores = (): string => show([members(localStorage), members(sessionStorage), document.cookie]);
  const boxOf = (frame: Element): string => `${labelOf(frame)} ${show(frame.getBoundingClientRect())}`;
  const snapshot = async (): Promise<void> => {
    const look = (what: string): void => note('snapshot', what);
    look(document.documentElement.outerHTML);
    look(`${location.href} ${String(history.length)} ${show(history.state)} ${document.title} ${window.name}`);
    look(`active ${document.activeElement === null ? '' : labelOf(document.activeElement)} frames ${String(length)}`);
    look(stores());
    look(show((await indexedDB.databases()).map(({ name }) => name).sort()));
    look('caches' in window ? show(await caches.keys()) : 'no caches');
    for (const frame of document.querySelectorAll('iframe')) look(boxOf(frame));
    // The browser fetches the page's icon when it likes.
    const fetched = performance.getEntriesByType('resource').map(({ name }) => name);
    look(show(fetched.filter((name) => !name.endsWith('/favicon.ico')).sort()));
    const told = [window.form, window.view].map((object) => (object as { state?: unknown } | undefined)?.state);
    look(show(told));
  };
  const recorder: RecorderWindow = {
    noteTrace: note,
    showTrace: show,
    drainTrace: async () => {
      await snapshot();
      return entries.splice(0);
    },
  };
  Object.assign(window, recorder);
}
