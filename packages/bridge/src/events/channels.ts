import { insist } from '../errors.js';
import { report } from '../report.js';

/** Options of `on`. */
export interface ListenOptions {
  /** Removes the listener when it aborts. */
  readonly signal?: AbortSignal;
}

/** The listeners of one event. */
export interface Channel<T> {
  add(listener: (payload: T) => void): () => void;
  emit(payload: T): void;
  clear(): void;
}

/** One channel for each event of a map from event names to payloads. */
export type Channels<Events extends object> = { readonly [K in keyof Events]: Channel<Events[K]> };

/** How listeners of an event map are added. Returns the disposer. */
export type On<Events extends object> = <K extends keyof Events>(
  type: K,
  listener: (payload: Events[K]) => void,
  options?: ListenOptions,
) => () => void;

/** A listener that throws is reported to the page and does not keep the others from hearing. */
export function channel<T>(): Channel<T> {
  const entries = new Set<{ readonly listener: (payload: T) => void }>();
  return {
    add: (listener) => {
      const entry = { listener };
      entries.add(entry);
      return () => {
        entries.delete(entry);
      };
    },
    emit: (payload) => {
      for (const entry of [...entries]) {
        if (!entries.has(entry)) continue;
        try {
          entry.listener(payload);
        } catch (error) {
          report(error);
        }
      }
    },
    clear: () => {
      entries.clear();
    },
  };
}

/** Forgets all listeners. */
export function clearAll(channels: object): void {
  for (const each of Object.values<Channel<never>>({ ...channels })) each.clear();
}

/** Makes the `on` of an object that has these channels. */
export function listening<Events extends object>(channels: Channels<Events>): On<Events> {
  return (type, listener, { signal } = {}) => {
    insist(Object.hasOwn(channels, type), `no event ${String(type)}`);
    insist(typeof listener === 'function', 'listener is a function');
    if (signal?.aborted === true) return () => undefined;
    const remove = channels[type].add(listener);
    const stop = (): void => {
      signal?.removeEventListener('abort', stop);
      remove();
    };
    signal?.addEventListener('abort', stop);
    return stop;
  };
}
