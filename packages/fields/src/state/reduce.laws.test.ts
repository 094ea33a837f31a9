import type { CardBrand } from '@cloister/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TODAY, setupOf, showLine, sitDown } from '../../test/typist.js';
import type { EditKind } from '../edit/line.js';
import { FIELD_DEFINITIONS } from '../registry.js';
import type { FieldEvent } from './event.js';
import { revision, type FieldModel, type FieldSetup } from './model.js';
import { publicState } from './public-state.js';
import { reduce } from './reduce.js';

const selection = fc.tuple(fc.nat(25), fc.nat(25)).map(([a, b]) => ({ start: Math.min(a, b), end: Math.max(a, b) }));
const kind = fc.constantFrom<EditKind>(
  'insert',
  'delete-backward',
  'delete-forward',
  'paste',
  'autofill',
  'composition',
  'other',
);
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.stringMatching(/^[\d /-]{0,25}$/u));
const now = fc.integer({ min: 0, max: 4e12 });
const anyEvent: fc.Arbitrary<FieldEvent> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('edited' as const), text, selection, kind, now }) },
  fc.record({ type: fc.constant('composition-end' as const), text, selection, now }),
  fc.record({ type: fc.constantFrom('undo' as const, 'redo' as const), now }),
  fc.record({
    type: fc.constantFrom('blurred' as const, 'settled' as const, 'validated' as const),
    now,
  }),
  fc.record({ type: fc.constantFrom('composition-start' as const, 'focused' as const, 'cleared' as const) }),
  fc.record({ type: fc.constant('selected' as const), selection }),
  fc.record({
    type: fc.constant('brand' as const),
    brand: fc.constantFrom<CardBrand | undefined>('visa', 'amex', undefined),
  }),
);
const anySetup = fc.constantFrom(...Object.values(FIELD_DEFINITIONS).map(({ type: fieldType }) => setupOf(fieldType)));

const after = (setup: FieldSetup, events: readonly FieldEvent[]): FieldModel =>
  events.reduce((model, event) => reduce(model, event).model, sitDown(setup).model);

describe('laws of the reducer', () => {
  it('any order of events leads somewhere, with a caret inside the text and effects that tell the change', () => {
    fc.assert(
      fc.property(anySetup, fc.array(anyEvent, { maxLength: 25 }), (setup, events) => {
        let { model } = sitDown(setup);
        for (const event of events) {
          const step = reduce(model, event);
          const published = step.effects.some((effect) => effect.type === 'publish');
          expect(published).toBe(JSON.stringify(publicState(model)) !== JSON.stringify(publicState(step.model)));
          expect(revision(step.model) > revision(model)).toBe(step.model.text !== model.text);
          if (
            model.composing === undefined &&
            event.type === 'edited' &&
            FIELD_DEFINITIONS[setup.type].inputMode === 'numeric'
          ) {
            expect(step.model.selection.end).toBeLessThanOrEqual(step.model.text.length);
          }
          model = step.model;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('never changes a model that it was given', () => {
    fc.assert(
      fc.property(anySetup, fc.array(anyEvent, { maxLength: 10 }), anyEvent, (setup, events, event) => {
        const model = after(setup, events);
        const copy = JSON.stringify(model);
        reduce(model, event);
        expect(JSON.stringify(model)).toBe(copy);
      }),
    );
  });

  it('undo after an edit that changed the text gives the line back, redo the edit', () => {
    fc.assert(
      fc.property(anySetup, fc.array(anyEvent, { maxLength: 10 }), text, selection, (setup, events, pasted, caret) => {
        const before = after(setup, events);
        fc.pre(before.composing === undefined);
        const edit = { type: 'edited', text: pasted, selection: caret, kind: 'paste', now: TODAY } as const;
        const edited = reduce(before, edit).model;
        fc.pre(edited.text !== before.text);
        const undone = reduce(edited, { type: 'undo', now: TODAY }).model;
        expect(showLine(undone)).toBe(showLine(before));
        expect(showLine(reduce(undone, { type: 'redo', now: TODAY }).model)).toBe(showLine(edited));
      }),
    );
  });
});
