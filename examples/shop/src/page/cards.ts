import type { Cloister, RevealView } from '@cloister/bridge';
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

/** The values of one card, in one frame. */
function viewOf(cloister: Cloister, { tokens }: Collected, whole: boolean): RevealView {
  const { number, expiry, name } = tokens;
  const view = cloister.reveal({ appearance: ON_CARD });
  if (number !== undefined) view.value(number, { label: 'Card number', copy: whole, hideAfter: HIDE_AFTER });
  if (whole && name !== undefined) view.value(name, { label: 'Name', hideAfter: HIDE_AFTER });
  if (whole && expiry !== undefined) view.value(expiry, { label: 'Expires', hideAfter: HIDE_AFTER });
  return view;
}

/** One card: what the facts say, and a place where the frame draws the rest. */
function cardItem(cloister: Cloister, card: Collected): HTMLLIElement {
  const { brand, name, last4 } = wordsFor(card);
  const masked = element('p', { className: 'masked', text: `•••• ${last4}` });
  const body = element('div', { className: 'plastic-body', children: [masked] });
  const head = element('div', {
    className: 'plastic-head',
    children: [element('span', { text: name }), element('span', { className: 'chip' })],
  });
  const plastic = element('div', { className: 'plastic', children: [head, body] });
  plastic.dataset['brand'] = brand;
  const buttons = ['Show', 'Show full number'].map((text) => {
    const made = element('button', { className: 'button quiet compact', text });
    made.type = 'button';
    made.setAttribute('aria-label', `${text}: ${name} ending in ${last4}`);
    return made;
  });
  const [show, showFull] = buttons;
  const reveal = revealer({ cloister, card, body, masked });
  show?.addEventListener('click', () => void reveal(false));
  showFull?.addEventListener('click', () => void reveal(true));
  return element('li', { children: [plastic, element('div', { className: 'row', children: buttons })] });
}

interface Place {
  readonly cloister: Cloister;
  readonly card: Collected;
  readonly body: HTMLElement;
  readonly masked: HTMLElement;
}

/** Shows a card in its place, and puts the masked words back when the frame has hidden it again. */
function revealer({ cloister, card, body, masked }: Place): (whole: boolean) => Promise<void> {
  let current: RevealView | undefined;

  const close = (): void => {
    current?.destroy();
    current = undefined;
    for (const token of Object.values(card.tokens)) full.delete(token);
    body.replaceChildren(masked);
  };

  return async (whole) => {
    close();
    problem.textContent = '';
    if (whole) for (const token of Object.values(card.tokens)) full.add(token);
    const slot = element('div');
    body.replaceChildren(slot);
    const view = viewOf(cloister, card, whole);
    current = view;
    try {
      await view.mount(slot);
      const states = await view.show();
      const failed = states.find(({ status }) => status === 'failed');
      if (failed !== undefined) throw failed;
      view.on('change', (values) => {
        if (current === view && values.every(({ status }) => status !== 'shown')) close();
      });
    } catch (error) {
      if (current !== view) return;
      close();
      fail(error);
    }
  };
}

async function start(): Promise<void> {
  const cards = await savedCards();
  byId('empty', HTMLElement).hidden = cards.length > 0;
  if (cards.length === 0) return;
  const cloister = shopCloister((token) => full.has(token));
  byId('cards', HTMLUListElement).replaceChildren(...cards.toReversed().map(({ card }) => cardItem(cloister, card)));
}

start().catch(fail);
