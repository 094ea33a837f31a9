import type { Page } from '@playwright/test';

declare global {
  interface Window {
    /** Everything that passed through a builtin so far, as `place: text`, each once; NUL between two. */
    overheard(): string;
  }
}

/**
 * Runs in the host page before any other script, as a compromised page would: replaces every builtin that the SDK could
 * reach (methods, accessors, constructors, of the language and of the DOM) by one that notes what it is called on, what it is
 * given and what it answers; wraps the callbacks that others hand to timers, promises and listeners; and gives out stand-ins
 * for the windows of frames. It then does what was asked, so that the SDK works.
 *
 * It is handed to the browser as source text, and therefore stands alone.
 */
export function hostilePrelude(): void {
  if (window !== window.top) return;
  const { apply, construct, defineProperty, getOwnPropertyDescriptor, ownKeys } = Reflect;
  const heard = new Set<string>();
  const ENOUGH = 150;
  // While a call is written down, builtins are used, and those must not be written down again.
  let busy = false;
  let left = 0;
  const textOf = (value: unknown): string | undefined => {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return String(value);
    if (value instanceof Error) return `${value.message} ${value.stack ?? ''}`;
    const buffer = ArrayBuffer.isView(value) ? value.buffer : value;
    if (!(buffer instanceof ArrayBuffer)) return undefined;
    return `[bytes] ${new TextDecoder('latin1').decode(new Uint8Array(buffer))}`;
  };
  const note = (place: string, value: unknown): void => {
    left -= 1;
    if (left < 0) return;
    const text = textOf(value);
    // A NUL would end the line: one of sixteen random bytes, made a text, is one every few runs.
    if (text !== undefined) heard.add(`${place}: ${text.replaceAll('\0', '')}`);
    else if (typeof value === 'object' && value !== null) noteParts(place, value);
  };
  const noteParts = (place: string, value: object): void => {
    try {
      if (value instanceof Map || value instanceof Set) for (const each of value) note(place, each);
      const isList = typeof Reflect.get(value, 'length') === 'number';
      for (const key of ownKeys(value)) {
        if (left < 0) return;
        // Never an accessor of the object's own: that could do something.
        note(isList ? place : `${place} ${String(key)}`, getOwnPropertyDescriptor(value, key)?.value);
      }
    } catch {
      // A window of another origin.
    }
  };
  const quietly = <T>(work: () => T): T => {
    busy = true;
    try {
      return work();
    } finally {
      busy = false;
    }
  };
  const hear = (place: string, values: readonly unknown[]): void => {
    if (busy) return;
    quietly(() => {
      left = ENOUGH;
      for (const value of values) note(place, value);
    });
  };

  type Callable = (this: unknown, ...args: unknown[]) => unknown;
  const isCallable = (value: unknown): value is Callable => typeof value === 'function';
  const wrapped = new WeakMap<object, Callable>();
  const own = { get: wrapped.get.bind(wrapped), set: wrapped.set.bind(wrapped) };
  const wrap = (place: string, original: Callable, listens = false): Callable => {
    const known = own.get(original);
    if (known !== undefined) return known;
    const wrapArguments = (args: unknown[]): unknown[] =>
      listens && !busy
        ? quietly(() => args.map((arg) => (isCallable(arg) ? wrap(`callback of ${place}`, arg) : arg)))
        : args;
    const made = new Proxy(original, {
      apply: (target, self, args: unknown[]) => {
        hear(place, [self, args]);
        const result: unknown = apply(target, self, wrapArguments(args));
        hear(`${place} answers`, [result]);
        return result;
      },
      construct: (target, args: unknown[], newTarget) => {
        hear(`new ${place}`, [args]);
        return construct(target, wrapArguments(args), newTarget) as object;
      },
    });
    own.set(original, made);
    own.set(made, made);
    return made;
  };

  const LISTENING = [
    'addEventListener',
    'removeEventListener',
    'then',
    'catch',
    'finally',
    'setTimeout',
    'queueMicrotask',
  ];
  const spied = (place: string, descriptor: PropertyDescriptor, listens: boolean): PropertyDescriptor => {
    const { value, get, set } = descriptor as { value: unknown } & Pick<PropertyDescriptor, 'get' | 'set'>;
    if (isCallable(value)) return { ...descriptor, value: wrap(place, value, listens) };
    return {
      ...descriptor,
      ...(get === undefined ? {} : { get: wrap(`get ${place}`, get) }),
      ...(set === undefined ? {} : { set: wrap(`set ${place}`, set, true) }),
    };
  };
  const patch = (owner: object, name: string): void => {
    for (const key of ownKeys(owner)) {
      const descriptor = getOwnPropertyDescriptor(owner, key);
      const isMade = isCallable(descriptor?.value) && Reflect.get(descriptor.value, 'prototype') !== undefined;
      if (descriptor?.configurable !== true || isMade || key === '__proto__') continue;
      defineProperty(owner, key, spied(`${name}.${String(key)}`, descriptor, LISTENING.includes(String(key))));
    }
  };

  // Windows of other origins cannot be patched; the page hands out stand-ins wherever one could be had.
  const standIns = new WeakMap<object, object>();
  const windows = { get: standIns.get.bind(standIns), set: standIns.set.bind(standIns) };
  const standInFor = (real: unknown): unknown => {
    if (real === null || typeof real !== 'object' || real === window || real instanceof MessagePort) return real;
    const known = windows.get(real);
    if (known !== undefined) return known;
    const made = new Proxy(real, {
      get: (target, key) => {
        const member: unknown = Reflect.get(target, key);
        if (key !== 'postMessage' || !isCallable(member)) return member;
        return (...args: unknown[]): unknown => {
          hear('postMessage to a frame', [args]);
          return apply(member, target, args);
        };
      },
    });
    windows.set(real, made);
    return made;
  };
  const patchWindows = (prototype: object, key: string): void => {
    const { get } = getOwnPropertyDescriptor(prototype, key) ?? {};
    if (get === undefined) return;
    defineProperty(prototype, key, {
      configurable: true,
      enumerable: true,
      get(this: object) {
        return standInFor(apply(get, this, []));
      },
    });
  };

  // Constructors and namespaces, by what they hang on; the recorder's own tools stay its own.
  const SPARED = ['Proxy', 'Reflect', 'Window', 'WeakMap', 'TextDecoder', 'eval', 'Function'];
  const patchMembers = (value: object, name: string): void => {
    patch(value, name);
    const prototype: unknown = Reflect.get(value, 'prototype');
    if (typeof prototype === 'object' && prototype !== null) patch(prototype, `${name}.prototype`);
  };
  const patchGlobal = (name: string): void => {
    const descriptor = getOwnPropertyDescriptor(window, name);
    const value: unknown = descriptor?.value;
    const isNamespace = typeof value === 'object' && value !== null;
    if (/^[A-Z]/u.test(name) && (isNamespace || isCallable(value))) patchMembers(value, name);
    if (isCallable(value) && !SPARED.includes(name) && descriptor?.configurable === true)
      defineProperty(window, name, { ...descriptor, value: wrap(name, value, LISTENING.includes(name)) });
  };
  quietly(() => {
    patchWindows(HTMLIFrameElement.prototype, 'contentWindow');
    patchWindows(MessageEvent.prototype, 'source');
    for (const name of Object.getOwnPropertyNames(window)) patchGlobal(name);
  });
  window.overheard = () => quietly(() => [...heard].join('\0'));
}

/** What a page's builtins heard so far. Read by the debugger, for the usual way out leads through those very builtins. */
export async function overheardIn(page: Page): Promise<readonly string[]> {
  const cdp = await page.context().newCDPSession(page);
  const { result } = await cdp.send('Runtime.evaluate', { expression: 'window.overheard()', returnByValue: true });
  await cdp.detach();
  return String(result.value).split('\0');
}
