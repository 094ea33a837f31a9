import type { CardBrand, FieldErrorCode } from '@cloister/protocol';

/** What a field's content is worth. Emptiness is decided before anybody is asked for a verdict. */
export type Verdict =
  | { readonly status: 'incomplete' }
  | { readonly status: 'invalid'; readonly error: FieldErrorCode }
  | { readonly status: 'valid' };

/** What a verdict depends on beside the content. */
export interface Circumstances {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The brand of the number in the same form, for a security code. */
  readonly brand: CardBrand | undefined;
  /** Whether the shopper has finished: left the field, submitted, or had it filled in one step. */
  readonly settled: boolean;
}

export const INCOMPLETE: Verdict = { status: 'incomplete' };
export const VALID: Verdict = { status: 'valid' };
export const invalid = (error: FieldErrorCode): Verdict => ({ status: 'invalid', error });
