import { CloisterError } from '@cloister/protocol';
import type { Client } from './client.js';
import type { CollectForm, CollectOptions } from './collect/collect-api.js';
import { Form } from './collect/form.js';
import { Coordinator } from './coordinator/coordinator.js';
import { insist } from './errors.js';
import { createFrameHost } from './frame/frame-host.js';
import { checkOptions, type CloisterOptions } from './options.js';
import type { RevealOptions, RevealView } from './reveal/reveal-api.js';
import { View } from './reveal/view.js';

const TIMEOUT = 15_000;

/** A client: forms that collect and views that reveal. */
export interface Cloister {
  /** A form for a collection of the configuration. */
  collect(collection: string, options?: CollectOptions): CollectForm;
  /** A view of values that are named by their tokens. */
  reveal(options?: RevealOptions): RevealView;
  /** Takes every frame and listener out of the page. */
  destroy(): void;
}

interface Living {
  destroy(): void;
}

/**
 * Creates a client. Nothing is loaded before something is mounted.
 *
 * Security: no value is ever in the page, and there is no option that says where values go, how they are checked or who
 * may see them; that is configuration of the elements origin.
 *
 * @throws TypeError when an option is not right, or where there is no document.
 * @example
 * const headers = { 'content-type': 'application/json' };
 * const cloister = createCloister({
 *   elements: 'https://elements.shop.example',
 *   session: async (need) =>
 *     (await fetch('/cloister/session', { method: 'POST', headers, body: JSON.stringify(need) })).text(),
 * });
 * const form = cloister.collect('cards');
 * await form.field('number', { label: 'Card number' }).mount('#number');
 */
export function createCloister(options: CloisterOptions): Cloister {
  insist(typeof document !== 'undefined', 'createCloister needs a document: call it in the browser');
  checkOptions(options);
  const { elements, session, timeout = TIMEOUT, ...look } = options;
  const host = createFrameHost(elements, timeout);
  const client: Client = { host, coordinator: new Coordinator(host), session, look };
  const living = new Set<Living>();
  let destroyed = false;
  /** Keeps what `create` makes until it is destroyed. */
  const keep = <T extends Living>(create: (gone: () => void) => T): T => {
    if (destroyed) throw new CloisterError('destroyed');
    const made = create(() => living.delete(made));
    living.add(made);
    return made;
  };
  return {
    collect: (collection, more = {}) => keep((gone) => new Form(client, collection, { ...more, gone })),
    reveal: (more = {}) => keep((gone) => new View(client, { ...more, gone })),
    destroy: () => {
      destroyed = true;
      for (const each of [...living]) each.destroy();
      client.coordinator.destroy();
      host.close();
    },
  };
}
