/** What a page can pour into a frame that it may speak to. */
export interface Flood {
  readonly title: string;
  /** Runs in the page, which has a `Spout`. */
  readonly pour: () => void;
}

/** What the page pours with. */
export interface Spout {
  /** Posts over the frame's port. */
  readonly port: (message: unknown) => void;
  /** Posts to the frame's window. */
  readonly view: (message: unknown) => void;
  /** A call in the words of the transport. */
  readonly call: (method: string, argument: unknown) => object;
  readonly million: () => readonly object[];
}

declare global {
  interface Window {
    spout: Spout;
  }
}

/** Runs in a page with a raw frame. */
export function addSpout(): void {
  let calls = 0;
  window.spout = {
    port: (message) => {
      window.raw.send(message);
    },
    view: (message) => {
      window.raw.iframe.contentWindow?.postMessage(message, '*');
    },
    call: (method, argument) => {
      calls += 1;
      return { namespace: 'penpal', type: 'CALL', id: `c${String(calls)}`, methodPath: [method], args: [argument] };
    },
    million: () => Array.from({ length: 1e6 }, (_, index) => ({ index })),
  };
}

/** Text and bytes are one copy for the browser; a message that is not read is none. */
export const CHEAP_FLOODS: readonly Flood[] = [
  {
    title: 'twenty texts of 10 MB',
    pour: (): void => {
      const text = 'x'.repeat(10 * 2 ** 20);
      for (let index = 0; index < 20; index += 1) window.spout.port(text);
    },
  },
  {
    title: 'a call with 10 MB of wide text',
    pour: (): void => {
      const { port, call } = window.spout;
      port(call('update', { texts: { number: { label: '中'.repeat(5 * 2 ** 20) } } }));
    },
  },
  {
    title: 'ten megabytes of bytes',
    pour: (): void => {
      window.spout.port(new Uint8Array(10 * 2 ** 20).buffer);
    },
  },
  {
    title: 'an array that claims to be enormous',
    pour: (): void => {
      window.spout.port(new Array(4e9));
    },
  },
  {
    title: '1e5 numbers, calls of nothing and legal calls in turn',
    pour: (): void => {
      const { port, call } = window.spout;
      const kinds = [
        (index: number) => index,
        () => call('nothing', {}),
        (index: number) => call('update', { texts: { number: { label: String(index) } } }),
      ];
      for (let index = 0; index < 1e5; index += 1) port(kinds[index % kinds.length]?.(index));
    },
  },
  {
    title: '1e5 welcomes by the window',
    pour: (): void => {
      for (let index = 0; index < 1e5; index += 1) window.spout.view({ cloister: 'welcome', frame: String(index) });
    },
  },
  {
    title: 'twenty texts of 10 MB by the window',
    pour: (): void => {
      const text = 'x'.repeat(10 * 2 ** 20);
      for (let index = 0; index < 20; index += 1) window.spout.view(text);
    },
  },
  {
    title: 'a million objects by the window',
    pour: (): void => {
      window.spout.view(window.spout.million());
    },
  },
];

/** What takes the browser long to decode once somebody reads it. */
export const DEAR_FLOODS: readonly Flood[] = [
  {
    title: 'four times a million objects',
    pour: (): void => {
      const all = window.spout.million();
      for (let index = 0; index < 4; index += 1) window.spout.port(all);
    },
  },
  {
    title: 'a million keys',
    pour: (): void => {
      window.spout.port(Object.fromEntries(window.spout.million().map((each, index) => [`k${String(index)}`, each])));
    },
  },
  {
    title: 'a map of a million',
    pour: (): void => {
      window.spout.port(new Map(window.spout.million().map((_, index) => [index, index])));
    },
  },
];

/** A document that does the least there is: it reads one message of its port, and no other. */
export const FLOOR = `<!doctype html><input><script>
let read = false;
addEventListener('message', ({ ports: [port] }) => {
  if (port === undefined) return;
  port.onmessage = (event) => {
    if (read) return;
    read = true;
    void event.data;
  };
});
parent.postMessage({ cloister: 'hello', frame: 'floor' }, '*');
</script>`;
