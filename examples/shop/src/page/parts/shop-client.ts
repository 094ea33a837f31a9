import { createCloister, type Cloister } from '@cloister/bridge';
import {
  array,
  collected,
  decode,
  integer,
  object,
  string,
  type Collected,
  type Infer,
  DATE_TIME,
} from '@cloister/protocol';
import { fieldLook } from './look.js';

const cardsAnswer = object({
  cards: array(object({ card: collected, saved: string({ max: 24, format: DATE_TIME }) }), { max: 50 }),
});
const orderAnswer = object({ order: string({ max: 20 }), total: integer(0, 100_000) });
/** What the backend answers to an order. */
export type PlacedOrder = Infer<typeof orderAnswer>;

/** A failure of the shop's own backend, in the shape of the others. */
class ShopError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

function post(path: string, body: unknown): Promise<Response> {
  return fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/**
 * Cloister for this shop.
 *
 * @param wantsFull whether the shopper asked to see this token whole; the backend decides.
 */
export function shopCloister(wantsFull: (token: string) => boolean = () => false): Cloister {
  const elements = document.querySelector<HTMLMetaElement>('meta[name="cloister-elements"]')?.content ?? '';
  return createCloister({
    elements,
    appearance: fieldLook(),
    session: async (need) => {
      const full = need.purpose === 'reveal' && need.tokens.every(wantsFull);
      const response = await post('/cloister/session', full ? { ...need, full } : need);
      if (!response.ok) throw new ShopError('session');
      return response.text();
    },
  });
}

/** Hands tokens to the shop's backend. @returns what was ordered, at the price that the server knows. */
export async function placeOrder(item: string, card: Collected): Promise<PlacedOrder> {
  const response = await post('/orders', { item, card }).catch(() => undefined);
  const answer = response?.ok === true ? decode(orderAnswer, await response.json()) : undefined;
  if (answer?.ok !== true) throw new ShopError('order');
  return answer.value;
}

/** The shopper's cards: tokens and disclosed facts. */
export async function savedCards(): Promise<Infer<typeof cardsAnswer>['cards']> {
  const response = await fetch('/orders');
  const answer = response.ok ? decode(cardsAnswer, await response.json()) : undefined;
  if (answer?.ok !== true) throw new ShopError('unavailable');
  return answer.value.cards;
}
