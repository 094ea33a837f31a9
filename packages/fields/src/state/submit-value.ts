import { Secret } from '@cloister/protocol';
import { verdictOn } from '../content-verdict.js';
import { FIELD_DEFINITIONS } from '../registry.js';
import { contentOf, type FieldModel } from './model.js';

/**
 * The canonical value of a field, judged anew at `now`.
 *
 * @returns nothing when the field is empty or its value is not valid.
 *
 * Security: the one way a value leaves a model; it leaves as a `Secret`.
 */
export function submitValue(model: FieldModel, now: number): Secret | undefined {
  const content = contentOf(model);
  const verdict = verdictOn(model.setup.type, content, { now, brand: model.sibling, settled: true });
  return verdict.status === 'valid' ? new Secret(FIELD_DEFINITIONS[model.setup.type].canonical(content)) : undefined;
}
