import type { CollectForm } from '@cloister/bridge';
import type { Collected } from '@cloister/protocol';

/** A submit whose answer is kept until the shopper goes back into a field. */
export interface KeptSubmit {
  /** Submits, or answers what the last submit did: for an order that did not reach the shop's own backend. */
  readonly submit: () => Promise<Collected>;
  /** Whether the card is stored already. */
  readonly kept: () => boolean;
}

/**
 * Only `focus` tells that a value may become another one: states change when the shopper merely leaves a field, and do not
 * change when he puts one valid value in the place of another. So whoever shows a failure takes the focus out of the fields.
 */
export function keptSubmit(form: Pick<CollectForm, 'on' | 'submit'>): KeptSubmit {
  let kept: Collected | undefined;
  form.on('focus', () => {
    kept = undefined;
  });
  return {
    submit: async () => (kept ??= await form.submit()),
    kept: () => kept !== undefined,
  };
}
