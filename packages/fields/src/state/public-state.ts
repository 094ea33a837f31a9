import type { FieldState } from '@cloister/protocol';
import { factsOf } from '../canonical.js';
import { contentOf, shownError, type FieldModel } from './model.js';

/**
 * What the page may know of a field. The only road from the private to the public.
 *
 * Security: an enumeration, a code of a closed table, two booleans, and the facts that the configuration discloses. Facts
 * wait until the shopper has settled on a valid value, for the last four digits of a number that is still growing are not
 * its last four (A32).
 */
export function publicState(model: FieldModel): FieldState {
  const { setup, verdict, focused, touched } = model;
  const error = shownError(model);
  const facts = disclosed(model);
  return {
    name: setup.name,
    status: verdict.status,
    ...(error === undefined ? {} : { error }),
    focused,
    touched,
    ...(facts === undefined ? {} : { facts }),
  };
}

const disclosed = (model: FieldModel): FieldState['facts'] =>
  model.verdict.status === 'valid' && model.settled
    ? factsOf(model.setup.type, contentOf(model), model.setup.disclose)
    : undefined;
