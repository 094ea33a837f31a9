import type { Cloister, CloisterOptions, CollectForm, createCloister, RevealView } from '@cloister/bridge';
import { tokenOf, type FieldKind, type Product } from '../product.js';

declare const ELEMENTS: string;
/** `frames`: one a field. `frame`: one for all. `markup`: one for all, that stands in the page already. */
declare const MODE: 'frames' | 'frame' | 'markup';
/** A session at hand, or (empty) none: then the page's backend is asked once for each key and purpose. */
declare const SESSION: string;

/** The global that the script-tag build leaves. */
const sdk = (): { readonly createCloister: typeof createCloister } =>
  (window as unknown as { readonly Cloister: { readonly createCloister: typeof createCloister } }).Cloister;

let client: Cloister | undefined;
let form: CollectForm | undefined;
let view: RevealView | undefined;
/** What a real vault knows; the stub knows `tokenOf(i)` without being told. */
let stored: readonly string[] = [];
const listeners = new Set<() => void>();
const minted = new Map<string, Promise<string>>();

const session: CloisterOptions['session'] = (need) => {
  if (SESSION !== '') return SESSION;
  const body = JSON.stringify(need);
  const token = minted.get(body) ?? fetch('/session', { method: 'POST', body }).then((answer) => answer.text());
  minted.set(body, token);
  return token;
};

const CARD = ['number', 'expiry', 'cvc', 'name'];
const namesOf = (count: number, kind: FieldKind): readonly string[] =>
  kind === 'card' ? CARD.slice(0, count) : Array.from({ length: count }, (_, index) => `f${String(index)}`);

const living = (): Cloister => (client ??= sdk().createCloister({ elements: ELEMENTS, session }));

const product: Product = {
  mount: async (count, kind) => {
    const names = namesOf(count, kind);
    const fields = living().collect(kind === 'card' ? 'cards' : 'many');
    form = fields;
    fields.on('change', () => {
      for (const listener of listeners) listener();
    });
    const layout = names.map((name) => [name]);
    if (MODE === 'frame') await fields.mount('#whole', { layout });
    else if (MODE === 'markup') await fields.mount('#early', { layout });
    else await Promise.all(names.map((name, index) => fields.field(name).mount(`#place-${String(index)}`)));
  },
  submit: async () => {
    const { tokens } = (await form?.submit()) ?? { tokens: {} };
    stored = Object.values(tokens);
    return tokens;
  },
  mountValues: async (count) => {
    const values = living().reveal();
    view = values;
    const made = Array.from({ length: count }, (_, index) =>
      values.value(stored[index] ?? tokenOf(index), { label: String(index) }),
    );
    if (MODE !== 'frames') await values.mount('#whole');
    else await Promise.all(made.map((value, index) => value.mount(`#place-${String(index)}`)));
  },
  reveal: () => view?.show() ?? Promise.reject(new Error('nothing is mounted')),
  unmount: () => {
    form?.destroy();
    view?.destroy();
  },
  onChange: (listener) => {
    listeners.add(listener);
  },
};
window.product = product;
