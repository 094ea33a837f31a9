import type { CollectForm, FieldTexts } from '@cloister/bridge';
import type { Collected } from '@cloister/protocol';
import { wordsFor } from './parts/brands.js';
import { byId, element } from './parts/dom.js';
import { keptSubmit } from './parts/kept-submit.js';
import { fieldLook, onLookChange } from './parts/look.js';
import { codeOf, sentenceFor } from './parts/sentences.js';
import { placeOrder, shopCloister, type PlacedOrder } from './parts/shop-client.js';

const TEXTS: Readonly<Record<string, FieldTexts>> = {
  number: { label: 'Card number', placeholder: '1234 1234 1234 1234' },
  expiry: { label: 'Expiry date', placeholder: 'MM/YY' },
  cvc: { label: 'Security code', placeholder: 'CVC' },
  name: { label: 'Name on card' },
};

const payment = byId('pay', HTMLFormElement);
const button = byId('submit', HTMLButtonElement);
const problem = byId('problem', HTMLParagraphElement);

/** One frame for all fields: native tab order, autofill, one frame's cost. */
const mountForm = (form: CollectForm): Promise<void> =>
  form.mount('#card', { layout: [['number'], ['expiry', 'cvc'], ['name']], texts: TEXTS });

/** A frame per field, placed by this page's own grid. */
async function mountFields(form: CollectForm): Promise<void> {
  await Promise.all(Object.entries(TEXTS).map(([name, texts]) => form.field(name, texts).mount(`#${name}`)));
}

/** What this page does with the answer: hands it to its backend. All it ever holds is in here. */
function showReceipt({ order, total }: PlacedOrder, card: Collected): void {
  const { name, last4 } = wordsFor(card);
  const tokens = Object.entries({ record: card.record, ...card.tokens });
  byId('receipt-order', HTMLParagraphElement).textContent = `Order ${order}`;
  byId('receipt-card', HTMLParagraphElement).textContent = `€${String(total)} paid with ${name} ending in ${last4}.`;
  byId('receipt-tokens', HTMLDListElement).replaceChildren(
    ...tokens.flatMap(([field, token]) => {
      const value = element('dd', { text: token });
      value.dataset['token'] = field;
      return [element('dt', { text: field }), value];
    }),
  );
  byId('payment', HTMLElement).hidden = true;
  const receipt = byId('receipt', HTMLElement);
  receipt.hidden = false;
  receipt.focus();
}

function setPaying(paying: boolean, label: string): void {
  button.setAttribute('aria-disabled', String(paying));
  byId('submit-text', HTMLSpanElement).textContent = paying ? 'Paying…' : label;
}

function start(): void {
  const cloister = shopCloister();
  const form = cloister.collect('cards');
  const label = byId('submit-text', HTMLSpanElement).textContent;
  // An order that did not arrive is sent again with the tokens that there are, instead of the card.
  const { submit, kept } = keptSubmit(form);
  let paying = false;

  async function pay(): Promise<void> {
    if (paying) return;
    paying = true;
    problem.textContent = '';
    setPaying(true, label);
    try {
      const card = await submit();
      showReceipt(await placeOrder(payment.dataset['item'] ?? '', card), card);
      cloister.destroy();
    } catch (error) {
      problem.textContent = sentenceFor(error);
      problem.dataset['code'] = codeOf(error);
      if (kept()) button.focus();
    } finally {
      paying = false;
      setPaying(false, label);
    }
  }

  form.on('enter', () => {
    payment.requestSubmit();
  });
  payment.addEventListener('submit', (event) => {
    event.preventDefault();
    void pay();
  });
  onLookChange(() => {
    form.update({ appearance: fieldLook() });
  });
  const mounted = payment.dataset['mode'] === 'fields' ? mountFields(form) : mountForm(form);
  mounted.catch((error: unknown) => {
    problem.textContent = sentenceFor(error);
    problem.dataset['code'] = codeOf(error);
  });
}

start();
