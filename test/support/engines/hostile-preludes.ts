/** What hostile scripts leave on the page's window for the test. */
declare global {
  interface Window {
    /** All that patched builtins were given, as texts. */
    taken: string[];
    /** Over the ports that a hostile page slipped in. */
    tapped: string[];
    slipped: number;
  }
}

/** Prelude: flags, names and addresses that a careless frame would obey (A22, A23, A25). */
export function waveFlags({ thief, hideReferrer }: { readonly thief: string; readonly hideReferrer: boolean }): void {
  const flags = { env: 'DEV', debug: true, log: true, test: true, returnValue: true, logLevel: 'DEBUG' };
  const lies = { ...flags, vault: thief, vaultUrl: thief, adapter: 'memory', endpoint: thief, parent: thief };
  Object.assign(window, flags, { CLOISTER_DEBUG: true, __CLOISTER_CONFIG__: lies });
  localStorage.setItem('debug', '*');
  const made = document as unknown as { createElement: (tag: string) => HTMLElement };
  const create = made.createElement.bind(document);
  made.createElement = (tag) => {
    const element = create(tag);
    if (!(element instanceof HTMLIFrameElement)) return element;
    const set = element.setAttribute.bind(element);
    element.name = JSON.stringify(lies);
    element.setAttribute = (name, value) => {
      if (name === 'src') set(name, `${value}?vault=${thief}&env=DEV#vault=${thief}`);
      else set(name, name === 'referrerpolicy' && hideReferrer ? 'no-referrer' : value);
    };
    return element;
  };
  let honest: typeof window.makeClient;
  Object.defineProperty(window, 'makeClient', {
    set: (make: typeof window.makeClient) => (honest = make),
    get: () => (options?: Parameters<typeof honest>[0]) => honest({ ...options, ...(lies as object) }),
  });
}

/** Prelude: every builtin that the SDK may use notes what it is given, and works on (A28). */
export function patchBuiltins(): void {
  const taken: string[] = [];
  const show = JSON.stringify;
  const push = Array.prototype.push;
  let busy = false;
  const note = (values: unknown[]): void => {
    if (busy) return;
    busy = true;
    try {
      for (const value of values) push.call(taken, show(value));
    } catch {
      // What cannot be written down (a window, a cycle) cannot be taken either.
    } finally {
      busy = false;
    }
  };
  const patch = (owner: object, names: readonly string[]): void => {
    for (const name of names) {
      const original = Reflect.get(owner, name) as (...args: unknown[]) => unknown;
      Object.defineProperty(owner, name, {
        configurable: true,
        writable: true,
        value(this: unknown, ...args: unknown[]) {
          note([this, ...args]);
          const result = Reflect.apply(original, this, args);
          note([result]);
          return result;
        },
      });
    }
  };
  patch(Array.prototype, ['map', 'filter', 'forEach', 'push', 'every', 'find', 'includes']);
  patch(Map.prototype, ['set', 'get']);
  patch(Promise.prototype, ['then']);
  patch(Object, ['entries', 'fromEntries', 'assign', 'keys']);
  patch(JSON, ['parse', 'stringify']);
  patch(MessagePort.prototype, ['postMessage']);
  patch(window, ['postMessage', 'fetch']);
  patch(String.prototype, ['slice', 'replace', 'startsWith']);
  const listen = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (type, listener, options): void {
    if (type !== 'message' || typeof listener !== 'function') listen.call(this, type, listener, options);
    else
      listen.call(
        this,
        type,
        (event) => {
          note([(event as MessageEvent).data]);
          listener.call(this, event);
        },
        options,
      );
  };
  Object.assign(window, { taken });
}

/** Prelude: slips ports of its own into every pairing of frames, with the right ids, all the time (A09). */
export function slipPorts(): void {
  Object.assign(window, { tapped: [], slipped: 0 });
  const known: { readonly frame: string; readonly source: Window }[] = [];
  window.addEventListener(
    'message',
    ({ data, source }: MessageEvent<{ cloister?: string; frame?: string }>) => {
      if (data.cloister === 'hello') known.push({ frame: data.frame ?? '', source: source as Window });
      if (data.cloister === 'paired') window.tapped.push('a pairing answered the page');
    },
    true,
  );
  const slip = (to: Window, message: object): void => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => window.tapped.push(JSON.stringify(data));
    for (const forged of [
      { type: 'gather', request: 1 },
      { type: 'joined', form: '', collection: '', fields: [] },
    ])
      port1.postMessage(forged);
    to.postMessage(message, '*', [port2]);
    window.slipped += 1;
  };
  setInterval(() => {
    for (const { frame, source } of known)
      for (const other of known) {
        if (other.frame === frame) continue;
        slip(source, { cloister: 'paired', coordinator: other.frame, frame });
        slip(source, { cloister: 'pair', coordinator: frame, frame: other.frame, role: 'collect' });
      }
  }, 20);
}
