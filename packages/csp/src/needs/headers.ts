/**
 * Headers as data: what `policyHeaders` makes and what the emitters write down for a server.
 *
 * Security: values are made of checked parts only (`parseSource`, exact origins); an emitter still quotes them for its own format.
 */

/** Stands in a value where the server must put a fresh nonce, in base64, 128 bits or more, into each answer and its scripts. */
export const NONCE = '{nonce}';

/** Name and value, in the order in which they shall be sent. */
export type Header = readonly [name: string, value: string];

/** Headers of all answers below a path: `/*` for the whole site, `/checkout/*` for a part of it, or one exact path. */
export interface HeaderRule {
  readonly path: string;
  readonly headers: readonly Header[];
}

/** Whether any value wants a nonce, so that a server that only knows fixed values cannot send it. */
export const wantsNonce = (rules: readonly HeaderRule[]): boolean =>
  rules.some(({ headers }) => headers.some(([, value]) => value.includes(NONCE)));
