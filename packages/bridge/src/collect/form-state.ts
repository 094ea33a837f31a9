import type { FieldState, FieldStatus } from '@cloister/protocol';
import type { FormState } from './collect-api.js';

/** What is known of a field before its frame has said anything. */
export const blankState = (name: string): FieldState => ({ name, status: 'empty', focused: false, touched: false });

const LEAST_FINISHED_FIRST: readonly FieldStatus[] = ['invalid', 'incomplete', 'empty', 'valid'];

/** The state of a form that has these fields mounted. `optional` names the fields that may stay empty. */
export function formState(fields: readonly FieldState[], optional: ReadonlySet<string>): FormState {
  const statuses = new Set(fields.map(({ status }) => status));
  const complete = ({ name, status }: FieldState): boolean =>
    status === 'valid' || (status === 'empty' && optional.has(name));
  return {
    complete: fields.length > 0 && fields.every(complete),
    fields: Object.fromEntries(fields.map((field) => [field.name, field])),
    state: LEAST_FINISHED_FIRST.find((status) => statuses.has(status)) ?? 'empty',
  };
}

/** Whether `validate` found nothing wrong: an empty field without an error is an optional one. */
export const isSettled = ({ status, error }: FieldState): boolean =>
  error === undefined && (status === 'valid' || status === 'empty');

/** States are plain data out of one decoder, so equal states have equal texts. */
export const sameState = (one: FieldState | FormState, other: FieldState | FormState): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
