/** How an attempt is made inside of the page. */
export type Action =
  /** The served markup already did; nothing is left to do. */
  | { readonly by: 'markup' }
  /** A copy of the attempt's `<template>` is put into the page, as a script would. */
  | { readonly by: 'clone' }
  /** The attempt's element is clicked. */
  | { readonly by: 'click' }
  | { readonly by: 'call'; readonly call: Call; readonly url: string };

export type Call =
  | 'fetch'
  | 'xhr'
  | 'beacon'
  | 'events'
  | 'socket'
  | 'font'
  | 'worker'
  | 'shared-worker'
  | 'eval'
  | 'function'
  | 'timeout'
  | 'wasm'
  | 'inner-html'
  | 'style-attribute'
  | 'base'
  | 'blob-image'
  | 'blob-script'
  | 'blob-style'
  | 'blob-worker'
  | 'blob-fetch';

/** A violation as the page heard of it. */
export interface Heard {
  readonly disposition: string;
  readonly effectiveDirective: string;
  readonly blockedURI: string;
  /** The text of the policy that objected. */
  readonly policy: string;
  /** Whose it is: by the element that it was told to, by the address that was blocked, or else the attempt that was under way. */
  readonly attempt: number;
}

/** What is tried, and what is hoped for: so many violations, and that the server is asked. */
export interface Attempt {
  readonly number: number;
  readonly action: Action;
  readonly want: number;
  readonly arrives: boolean;
}

/** What the driver finds in the page. */
export interface InPage {
  /** Makes attempts in turn; each is over when it ended and what it wants was heard of, or when patience is over. */
  run(attempts: readonly Attempt[]): Promise<void>;
  readonly heard: Heard[];
  /** Attempts that the page knows to have come through. */
  readonly came: Set<number>;
}

declare global {
  interface Window {
    /** Whether the server was asked; told by the driver. */
    hasArrived: (attempt: number) => Promise<boolean>;
    oracle: InPage;
    through: (id?: string) => void;
  }
}

/** Runs in the page before anything else, and so knows nothing from outside of itself. */
export function installInPage(): void {
  if (window !== window.top) return;
  let current = -1;
  const heard: Heard[] = [];
  const came = new Set<number>();
  const numberOf = (id: string): number => Number(id.slice(1));
  const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  window.through = (id = `t${String(current)}`) => {
    came.add(numberOf(id));
  };
  // Documents in frames say so by their number.
  window.addEventListener('message', ({ data }) => {
    if (typeof data === 'number') came.add(data);
  });
  document.addEventListener(
    'securitypolicyviolation',
    (event) => {
      // The browser asks for it by itself, whenever it likes.
      if (event.blockedURI.endsWith('/favicon.ico')) return;
      // A `<base>` that goes is asked about too, without an address.
      if (event.effectiveDirective === 'base-uri' && event.blockedURI === '') return;
      const [target] = event.composedPath();
      const [, id] = /^t(\d+)$/u.exec(target instanceof Element ? target.id : '') ?? [];
      const [, asked] = /[&?]n=(\d+)$/u.exec(event.blockedURI) ?? [];
      heard.push({
        disposition: event.disposition,
        effectiveDirective: event.effectiveDirective,
        blockedURI: event.blockedURI,
        policy: event.originalPolicy,
        attempt: Number(id ?? asked ?? current),
      });
    },
    true,
  );

  /** What an element says when it is done: true where it has something. Not all say that they were refused. */
  const done = (node: EventTarget): Promise<boolean> =>
    new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', ({ disposition }) => {
        if (disposition === 'enforce') resolve(false);
      });
      for (const name of ['load', 'loadeddata', 'open', 'message'])
        node.addEventListener(name, () => {
          resolve(true);
        });
      node.addEventListener('error', () => {
        resolve(false);
      });
      setTimeout(() => {
        resolve(false);
      }, 1500);
    });

  const settled = (node: Element): boolean =>
    node.matches('style, script:not([src]), base') || (node instanceof HTMLScriptElement && node.src === '');

  const cloned = async (attempt: number): Promise<void> => {
    const template = document.querySelector<HTMLTemplateElement>(`#p${String(attempt)}`);
    const node = template === null ? null : document.importNode(template.content, true).firstElementChild;
    if (node === null) return;
    const end = settled(node) ? undefined : done(node);
    document.body.append(node);
    if (node instanceof HTMLStyleElement && node.sheet !== null) came.add(attempt);
    if ((await end) === true && !(node instanceof HTMLScriptElement)) came.add(attempt);
    await later(0);
    node.remove();
  };

  const attach = async (node: HTMLElement): Promise<boolean> => {
    const end = done(node);
    document.body.append(node);
    const loaded = await end;
    node.remove();
    return loaded;
  };
  const blob = (text: string, type: string): string => URL.createObjectURL(new Blob([text], { type }));
  /** Outside of the evaluation, which may do what a page may not. */
  const fromTimer = <T>(work: () => T): Promise<T | undefined> =>
    new Promise((resolve) =>
      setTimeout(() => {
        try {
          resolve(work());
        } catch {
          resolve(undefined);
        }
      }, 0),
    );
  const ask = (method: string, url: string): Promise<boolean> =>
    new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.onload = () => {
        resolve(true);
      };
      request.onerror = () => {
        resolve(false);
      };
      request.open(method, url);
      request.send();
    });
  const works = async (start: () => Worker | SharedWorker | undefined): Promise<boolean> => {
    const worker = start();
    if (worker === undefined) return false;
    const port = 'port' in worker ? worker.port : worker;
    if ('port' in worker) worker.port.start();
    const answer = await Promise.race([done(worker), done(port)]);
    if ('terminate' in worker) worker.terminate();
    return answer;
  };
  const started = <T>(start: () => T): T | undefined => {
    try {
      return start();
    } catch {
      return undefined;
    }
  };
  /** The smallest module: its magic number and version. */
  const MODULE = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
  const GREETING = 'globalThis.onconnect = ({ ports: [p] }) => p.postMessage(1); globalThis.postMessage?.(1)';
  const settable = (url: string): boolean => {
    const base = document.createElement('base');
    base.href = url;
    document.head.prepend(base);
    const set = document.baseURI === url;
    base.remove();
    return set;
  };
  const attribute = (): boolean => {
    const node = document.createElement('p');
    document.body.append(node);
    node.setAttribute('style', '--styled: 1');
    const styled = node.style.getPropertyValue('--styled') !== '';
    node.remove();
    return styled;
  };

  const calls: Record<Call, (url: string) => Promise<boolean | undefined> | boolean> = {
    fetch: (url) =>
      fetch(url, { mode: 'no-cors' }).then(
        () => true,
        () => false,
      ),
    'blob-fetch': () =>
      fetch(blob('x', 'text/plain')).then(
        () => true,
        () => false,
      ),
    xhr: (url) => ask('GET', url),
    beacon: (url) => {
      navigator.sendBeacon(url, 'x');
      return false;
    },
    events: async (url) => {
      const source = new EventSource(url);
      await done(source);
      source.close();
      return false;
    },
    socket: async (url) => {
      const socket = started(() => new WebSocket(url));
      if (socket !== undefined) await done(socket);
      return false;
    },
    font: (url) =>
      new FontFace(`f${String(current)}`, `url(${JSON.stringify(url)})`).load().then(
        () => true,
        () => false,
      ),
    worker: (url) => works(() => started(() => new Worker(url))),
    'shared-worker': (url) => works(() => started(() => new SharedWorker(url))),
    'blob-worker': () => works(() => started(() => new Worker(blob(GREETING, 'text/javascript')))),
    eval: () => fromTimer(() => Reflect.apply(Reflect.get(window, 'eval'), window, ['true']) as boolean),
    function: () => fromTimer(() => (Reflect.construct(Function, ['return true']) as () => boolean)()),
    timeout: async () => {
      await fromTimer(() => Reflect.apply(setTimeout, window, ['through()', 0]) as number);
      await later(1);
      return undefined;
    },
    wasm: () => fromTimer(() => new WebAssembly.Module(MODULE) instanceof WebAssembly.Module),
    'inner-html': () =>
      fromTimer(() => {
        const node = document.createElement('p');
        node.innerHTML = '<b></b>';
        return node.childElementCount === 1;
      }),
    'style-attribute': () => attribute(),
    base: (url) => settable(url),
    'blob-image': () =>
      attach(Object.assign(new Image(), { src: blob('<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml') })),
    'blob-script': () => attach(Object.assign(document.createElement('script'), { src: blob('', 'text/javascript') })),
    'blob-style': () =>
      attach(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: blob('', 'text/css') })),
  };

  const perform = async (attempt: number, action: Action): Promise<void> => {
    if (action.by === 'clone') await cloned(attempt);
    if (action.by === 'click') document.querySelector<HTMLElement>(`#t${String(attempt)}`)?.click();
    if (action.by !== 'call') return;
    // A sink of Trusted Types throws.
    const through = await Promise.resolve()
      .then(() => calls[action.call](action.url))
      .catch(() => false);
    if (through === true) came.add(attempt);
  };

  window.oracle = {
    heard,
    came,
    run: async (attempts) => {
      for (const { number, action, want, arrives } of attempts) {
        current = number;
        await perform(number, action);
        await later(0);
        await later(0);
        const enough = async (): Promise<boolean> =>
          heard.filter(({ attempt }) => attempt === number).length >= want &&
          (!arrives || (await window.hasArrived(number)));
        for (let wait = 0; wait < 30 && !(await enough()); wait += 1) await later(10);
      }
    },
  };
}
