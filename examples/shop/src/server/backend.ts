import { randomInt } from 'node:crypto';
import {
  anyOf,
  array,
  boolean,
  collected,
  decode,
  literal,
  name,
  object,
  optional,
  sessionResponse,
  string,
  token,
  type Infer,
  type SessionRequest,
  THUMBPRINT,
} from '@cloister/protocol';
import { productOf } from './products.js';
import type { Shoppers } from './shoppers.js';

/** This is the part that an integrator writes: may this shopper do this? Everything else is Cloister's. */
export interface BackendOptions {
  /** The shop's own origin, which every grant is bound to. */
  readonly origin: string;
  /** The vault's address and the service credential, which never leaves the backend. */
  readonly vault: { readonly url: string; readonly credential: string };
  readonly shoppers: Shoppers;
}

/** What the backend answers: a status, and text or something for JSON. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A route: who asks (by cookie, checked before), and what. */
export type Route = (shopper: string, body: unknown) => Promise<Answer> | Answer;

const jkt = string({ min: 43, max: 43, format: THUMBPRINT });
const need = anyOf([
  object({ purpose: literal('collect'), jkt, collection: name }),
  object({
    purpose: literal('reveal'),
    jkt,
    tokens: array(token, { min: 1, max: 20 }),
    /** The shopper asked for the whole number. */
    full: optional(boolean()),
  }),
]);
const order = object({ item: string({ max: 40 }), card: collected });

const refused = (status: number, body: string): Answer => ({ status, body });

/** The routes of the backend, by method and path. */
export function backend(options: BackendOptions): Readonly<Record<string, Route>> {
  return {
    'POST /cloister/session': (shopper, body) => giveSession(options, shopper, body),
    'POST /orders': (shopper, body) => takeOrder(options, shopper, body),
    'GET /orders': (shopper) => ({ status: 200, body: { cards: options.shoppers.cardsOf(shopper) } }),
  };
}

async function giveSession(options: BackendOptions, shopper: string, body: unknown): Promise<Answer> {
  const asked = decode(need, body);
  if (!asked.ok) return refused(400, 'invalid');
  const grant = decide(options, shopper, asked.value);
  if (grant === undefined) return refused(403, 'forbidden');
  const session = await mint(options.vault, { thumbprint: asked.value.jkt, grant });
  return session === undefined ? refused(502, 'unavailable') : { status: 200, body: session };
}

/** The decision. What comes from the browser may only ever narrow it. */
function decide(
  { origin, shoppers }: BackendOptions,
  shopper: string,
  asked: Infer<typeof need>,
): SessionRequest['grant'] | undefined {
  if (asked.purpose === 'collect')
    return asked.collection === 'cards'
      ? { purpose: 'collect', collection: 'cards', origin, uses: 1, minutes: 5 }
      : undefined;
  const own = new Set(shoppers.cardsOf(shopper).flatMap(({ card }) => Object.values(card.tokens)));
  if (!asked.tokens.every((wanted) => own.has(wanted))) return undefined;
  // A real shop asks for the password or a passkey again before it lets anybody see a whole number.
  const redaction = asked.full === true ? 'plain' : 'last4';
  return { purpose: 'reveal', tokens: asked.tokens, redaction, origin, uses: 1, minutes: 1, reason: 'My cards' };
}

/** Asks the vault for a session that is bound to the key of this page's coordinator. */
async function mint(vault: BackendOptions['vault'], request: SessionRequest): Promise<string | undefined> {
  try {
    const response = await fetch(`${vault.url}/v1/sessions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${vault.credential}`, 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(10_000),
    });
    const session = response.ok ? decode(sessionResponse, await response.json()) : undefined;
    return session?.ok === true ? session.value.token : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the card for the shopper. A real shop would now hand the tokens to whoever charges them. */
async function takeOrder({ shoppers }: BackendOptions, shopper: string, body: unknown): Promise<Answer> {
  const placed = decode(order, body);
  if (!placed.ok) return refused(400, 'invalid');
  if (!(await shoppers.save(shopper, placed.value.card))) return refused(409, 'conflict');
  const { price } = productOf(placed.value.item);
  return { status: 201, body: { order: `LL-${String(randomInt(10_000, 99_999))}`, total: price } };
}
