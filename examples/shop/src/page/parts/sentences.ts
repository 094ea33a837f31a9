/** What a shopper can do about a failure; the codes of `CloisterError` and of the shop's own backend. */
const SENTENCES: Readonly<Record<string, string>> = {
  invalid: 'Please have a look at the fields above.',
  offline: 'We cannot reach the payment service. Check your connection and try again; what you typed is still there.',
  unavailable: 'The payment service does not answer right now. Try again in a moment; what you typed is still there.',
  'rate-limited': 'That was a little fast. Please wait a moment and try again.',
  session: 'The shop could not start the payment. Please try again.',
  unauthorized: 'The permission for this ran out. Please try again.',
  forbidden: 'The shop may not do that with this card.',
  'not-found': 'This card is no longer kept.',
  hidden: 'The number was not shown because its frame was covered or out of sight.',
  csp: 'The card fields are blocked by this page’s security policy.',
  blocked: 'The card fields did not load. An extension or a network filter may be blocking them.',
  timeout: 'The card fields took too long to load. Please reload the page.',
  version: 'The shop was updated meanwhile. Please reload the page.',
  order: 'Your card is safe, but the order did not reach us. Please try again.',
};

/** A sentence for whatever was thrown. */
export function sentenceFor(error: unknown): string {
  const code = codeOf(error);
  return SENTENCES[code] ?? `Something went wrong (${code}). Please try again.`;
}

/** Recognised by its code, as errors from another bundle are. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return 'unexpected';
  return typeof error.code === 'string' ? error.code : 'unexpected';
}
