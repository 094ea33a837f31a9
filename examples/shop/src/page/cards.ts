import { CloisterError, type Cloister, type RevealValue, type RevealView } from '@cloister/bridge';
import type { Collected } from '@cloister/protocol';
import { wordsFor } from './parts/brands.js';
import { byId, element } from './parts/dom.js';
import { ON_CARD } from './parts/look.js';
import { codeOf, sentenceFor } from './parts/sentences.js';
import { savedCards, shopCloister } from './parts/shop-client.js';

const HIDE_AFTER = 20;
const problem = byId('problem', HTMLParagraphElement);

/** Tokens that the shopper asked to see whole. */
const full = new Set<string>();

function fail(error: unknown): void {
  problem.textContent = sentenceFor(error);
  problem.dataset['code'] = codeOf(error);
}

/** The values of one card: its number alone, or all that is kept of it; and the rows that they stand in. */
function valuesOf(view: RevealView, { tokens }: Collected, whole: boolean): readonly (readonly RevealValue[])[] {
  const value = (name: string, label: string): readonly RevealValue[] => {
    const token = tokens[name];
    return token === undefined
      ? []
      : [view.value(token, { label, copy: whole && name === 'number', hideAfter: HIDE_AFTER })];
  };
  const number = value('number', 'Card number');
  return whole ? [number, [...value('name', 'Name'), ...value('expiry', 'Expires')]] : [number];
}

function button(text: string, label: string): HTMLButtonElement {
  const made = element('button', { className: 'button quiet compact', text });
  made.type = 'button';
  made.setAttribute('aria-label', `${text}: ${label}`);
  return made;
}

/** One card: what the facts say, and a place where the frame draws the rest. */
function cardItem(cloister: Cloister, card: Collected): HTMLLIElement {
  const { brand, name, last4 } = wordsFor(card);
  const label = `${name} ending in ${last4}`;
  const masked = element('p', { className: 'masked', text: `•••• ${last4}` });
  const body = element('div', { className: 'plastic-body', children: [masked] });
  const head = element('div', {
    className: 'plastic-head',
    children: [element('span', { text: name }), element('span', { className: 'chip' })],
  });
  const plastic = element('div', { className: 'plastic', children: [head, body] });
  plastic.dataset['brand'] = brand;
  const [show, showFull, hide] = [button('Show', label), button('Show full number', label), button('Hide', label)];
  hide.hidden = true;
  const showButtons = (state: 'closed' | 'masked' | 'full'): void => {
    show.hidden = state !== 'closed';
    showFull.hidden = state === 'full';
    hide.hidden = state === 'closed';
  };
  const reveal = revealer({ cloister, card, body, masked, changed: showButtons });
  // A button that disappears takes the focus with it, so the focus goes on to the one that undoes it.
  const open = (whole: boolean): void => {
    void reveal.open(whole);
    hide.focus();
  };
  show.addEventListener('click', () => {
    open(false);
  });
  showFull.addEventListener('click', () => {
    open(true);
  });
  hide.addEventListener('click', () => {
    reveal.close();
    show.focus();
  });
  return element('li', { children: [plastic, element('div', { className: 'row', children: [show, showFull, hide] })] });
}

interface Place {
  readonly cloister: Cloister;
  readonly card: Collected;
  readonly body: HTMLElement;
  readonly masked: HTMLElement;
  readonly changed: (state: 'closed' | 'masked' | 'full') => void;
}

interface Revealer {
  readonly open: (whole: boolean) => Promise<void>;
  readonly close: () => void;
}

/** Shows a card in its place, and puts the masked words back when the frame has hidden it again. */
function revealer({ cloister, card, body, masked, changed }: Place): Revealer {
  let current: RevealView | undefined;

  const close = (): void => {
    current?.destroy();
    current = undefined;
    for (const token of Object.values(card.tokens)) full.delete(token);
    body.replaceChildren(masked);
    changed('closed');
  };

  const open = async (whole: boolean): Promise<void> => {
    close();
    problem.textContent = '';
    if (whole) for (const token of Object.values(card.tokens)) full.add(token);
    const slot = element('div', { className: 'shown' });
    body.replaceChildren(slot);
    changed(whole ? 'full' : 'masked');
    const view = cloister.reveal({ appearance: ON_CARD });
    current = view;
    try {
      await showIn(view, slot, valuesOf(view, card, whole));
      view.on('change', (values) => {
        if (current === view && values.every(({ status }) => status !== 'shown')) close();
      });
    } catch (error) {
      if (current !== view) return;
      close();
      fail(error);
    }
  };

  return { open, close };
}

async function showIn(view: RevealView, slot: HTMLElement, layout: readonly (readonly RevealValue[])[]): Promise<void> {
  await view.mount(slot, { layout });
  const states = await view.show();
  const failed = states.find(({ status }) => status === 'failed');
  if (failed !== undefined) throw new CloisterError(failed.code ?? 'internal');
}

async function start(): Promise<void> {
  const cards = await savedCards();
  byId('empty', HTMLElement).hidden = cards.length > 0;
  if (cards.length === 0) return;
  const cloister = shopCloister((token) => full.has(token));
  byId('cards', HTMLUListElement).replaceChildren(...cards.toReversed().map(({ card }) => cardItem(cloister, card)));
}

start().catch(fail);
