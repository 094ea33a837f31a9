/** A form in the page itself: nothing is isolated from anybody. What a browser and a request cost by themselves. */
import { tokenOf, type Product } from '../product.js';

declare const VAULT: string;

let fields: readonly HTMLInputElement[] = [];
let values: readonly HTMLElement[] = [];
const listeners = new Set<() => void>();

const ask = async (path: string, body: object): Promise<Record<string, unknown>> => {
  const answer = await fetch(`${VAULT}${path}`, { method: 'POST', body: JSON.stringify(body) });
  return (await answer.json()) as Record<string, unknown>;
};

function add<K extends 'input' | 'p'>(tag: K, count: number): readonly HTMLElementTagNameMap[K][] {
  const made = Array.from({ length: count }, () => document.createElement(tag));
  document.getElementById('whole')?.append(...made);
  return made;
}

const product: Product = {
  mount: async (count) => {
    fields = add('input', count);
    for (const [index, field] of fields.entries()) {
      let told = 0;
      field.oninput = () => {
        if (index === 0) field.value = field.value.replace(/ /gu, '').replace(/(\d{4})(?=\d)/gu, '$1 ');
        const state = field.value === '' ? 0 : field.value.length < 19 ? 1 : 2;
        if (state !== told) for (const listener of listeners) listener();
        told = state;
      };
    }
  },
  mountValues: async (count) => {
    values = add('p', count);
  },
  submit: async () => {
    const entries = fields.map((field, index) => [`f${String(index)}`, field.value] as const);
    return (await ask('/v1/records', { values: Object.fromEntries(entries) }))['tokens'];
  },
  reveal: async () => {
    const tokens = values.map((_, index) => tokenOf(index));
    const answer = (await ask('/v1/reveal', { tokens })) as { readonly values: readonly { readonly text: string }[] };
    for (const [index, place] of values.entries()) place.textContent = answer.values[index]?.text ?? '';
  },
  unmount: () => {
    for (const each of [...fields, ...values]) each.remove();
  },
  onChange: (listener) => {
    listeners.add(listener);
  },
};
window.product = product;
