import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FieldState } from '@cloister/protocol';
import { blankState, formState, isSettled } from './form-state.js';

const status = fc.constantFrom('empty', 'incomplete', 'invalid', 'valid');
const states: fc.Arbitrary<FieldState[]> = fc.uniqueArray(
  fc.record({ name: fc.string({ minLength: 1 }), status, focused: fc.boolean(), touched: fc.boolean() }),
  { selector: ({ name }) => name, maxLength: 6 },
);

describe('the state of a form', () => {
  it.each<[FieldState['status'][], boolean, FieldState['status']]>([
    [[], false, 'empty'],
    [['valid'], true, 'valid'],
    [['valid', 'empty'], false, 'empty'],
    [['valid', 'empty', 'incomplete'], false, 'incomplete'],
    [['incomplete', 'invalid', 'valid'], false, 'invalid'],
  ])('of %j: complete %s, %s', (statuses, complete, state) => {
    const fields = statuses.map((each, index) => ({ ...blankState(`f${String(index)}`), status: each }));
    expect(formState(fields, new Set())).toMatchObject({ complete, state });
  });

  it('does not depend on the order of the fields', () => {
    fc.assert(
      fc.property(states, (fields) => {
        expect(formState([...fields].reverse(), new Set())).toEqual(formState(fields, new Set()));
      }),
    );
  });

  it('is complete without what is optional and empty, and never with anything else amiss', () => {
    fc.assert(
      fc.property(states, (fields) => {
        const all = new Set(fields.map(({ name }) => name));
        const fine = fields.every((field) => field.status === 'valid' || field.status === 'empty');
        expect(formState(fields, all).complete).toBe(fine && fields.length > 0);
      }),
    );
  });

  it.each<[Partial<FieldState>, boolean]>([
    [{ status: 'valid' }, true],
    [{ status: 'empty' }, true],
    [{ status: 'empty', error: 'required' }, false],
    [{ status: 'incomplete' }, false],
    [{ status: 'invalid', error: 'number-check' }, false],
  ])('a field that is %j may be submitted: %s', (state, settled) => {
    expect(isSettled({ ...blankState('number'), ...state })).toBe(settled);
  });
});
