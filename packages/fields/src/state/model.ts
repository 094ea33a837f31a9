import type { CardBrand, FactName, FieldErrorCode, FieldType } from '@cloister/protocol';
import { caretAt, type Line, type Selection } from '../edit/line.js';
import { errorOf, type FieldVerdict } from '../content-verdict.js';
import { FIELD_DEFINITIONS } from '../registry.js';
import { NO_HISTORY, type History } from './history.js';

/** One field of a form, as configured. */
export interface FieldSetup {
  readonly name: string;
  readonly type: FieldType;
  readonly optional: boolean;
  readonly disclose: readonly FactName[];
}

/**
 * The private state of a field. Immutable.
 *
 * Security: holds the value and its history. A view reads `text` and `selection`; whatever goes to the page comes from
 * `publicState` alone.
 */
export interface FieldModel {
  readonly setup: FieldSetup;
  readonly text: string;
  readonly selection: Selection;
  readonly revision: number;
  readonly focused: boolean;
  /** Without focus once, or validated. */
  readonly touched: boolean;
  /** Nothing was changed since the shopper left the field, pressed Enter, or had it filled in one step. */
  readonly settled: boolean;
  /** Nothing was changed since the page asked what is missing. */
  readonly asked: boolean;
  readonly verdict: FieldVerdict;
  readonly history: History;
  /** The line before a composition began; while it stands nothing is reformatted. */
  readonly composing: Line | undefined;
  /** The brand of the number beside this field. */
  readonly sibling: CardBrand | undefined;
  /** The time of the latest event that told it. */
  readonly now: number;
}

/** A field that nobody has touched. */
export const initialModel = (setup: FieldSetup): FieldModel => ({
  setup,
  text: '',
  selection: caretAt(0),
  revision: 0,
  focused: false,
  touched: false,
  settled: false,
  asked: false,
  verdict: { status: 'empty' },
  history: NO_HISTORY,
  composing: undefined,
  sibling: undefined,
  now: 0,
});

/** What the text means to the field's type. */
export const contentOf = (model: FieldModel): string => FIELD_DEFINITIONS[model.setup.type].read(model.text);

/** The brand of the number that stands in the field itself. */
export const ownBrand = (model: FieldModel): CardBrand | undefined =>
  FIELD_DEFINITIONS[model.setup.type].brandOf?.(contentOf(model));

/** The error that the shopper is shown: none before the field was left, and none for what is only unfinished. */
export function shownError({ touched, settled, asked, verdict, setup }: FieldModel): FieldErrorCode | undefined {
  return touched && (settled || asked || verdict.status === 'invalid') ? errorOf(verdict, setup.optional) : undefined;
}

/** How often the text has changed. Says nothing else. */
export const revision = (model: FieldModel): number => model.revision;

/** Whether nobody is in the field, and nobody has said yet that its unfinished text is meant: a verdict may come soon. */
export const isUndecided = ({ focused, settled, verdict }: FieldModel): boolean =>
  !focused && !settled && verdict.status === 'incomplete';

/** Whether a form may be submitted as far as this field goes. */
export const isSettled = ({ verdict, setup }: FieldModel): boolean =>
  verdict.status === 'valid' || (verdict.status === 'empty' && setup.optional);
