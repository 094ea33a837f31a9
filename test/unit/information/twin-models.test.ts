import {
  FIELD_DEFINITIONS,
  factsOf,
  initialModel,
  publicState,
  reduce,
  type EditKind,
  type FieldEvent,
  type FieldModel,
} from '@cloister/fields';
import type { FieldState, FieldType } from '@cloister/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SECRET_CLASSES, twinsOf, type Twins } from '../../support/twins.js';

const ALL = ['brand', 'last4', 'bin'] as const;
const NOW = Date.UTC(2026, 10, 22, 12);
/** Of each class, so that there are more than 100,000 steps in all. */
const STEPS = 100;
const RUNS = 100;

/** What the shopper does with a secret that he holds, and what a page can bring about; the same for both of the twins. */
type Move =
  | { readonly by: 'key' | 'backspace' | 'compose' | 'leave' | 'thief' }
  | { readonly by: 'whole'; readonly kind: EditKind }
  | { readonly by: 'part'; readonly share: number }
  | { readonly by: 'event'; readonly event: FieldEvent };

const event = (...all: readonly FieldEvent[]): fc.Arbitrary<Move> =>
  fc.constantFrom(...all).map((each) => ({ by: 'event', event: each }));
/** Mostly keys with a page at work between them, so that a life comes by every length; what ends one is rare. */
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 60, arbitrary: fc.constant<Move>({ by: 'key' }) },
  { weight: 15, arbitrary: fc.constantFrom<Move>({ by: 'thief' }, { by: 'compose' }) },
  { weight: 10, arbitrary: event({ type: 'validated', now: NOW }, { type: 'focused' }) },
  { weight: 8, arbitrary: fc.constantFrom<Move>({ by: 'backspace' }, { by: 'leave' }) },
  { weight: 2, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }).map((share): Move => ({ by: 'part', share })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<EditKind>('paste', 'autofill', 'other').map((kind): Move => ({ by: 'whole', kind })),
  },
  {
    weight: 4,
    arbitrary: event(
      { type: 'undo', now: NOW },
      { type: 'redo', now: NOW },
      { type: 'cleared' },
      { type: 'blurred', now: NOW },
      { type: 'brand', brand: 'visa' },
      { type: 'brand', brand: 'amex' },
      { type: 'brand', brand: undefined },
    ),
  },
);

/** What is told of a content once the shopper says that it is meant. */
const settledAs = ({ setup, text, sibling }: FieldModel): string => {
  const { read, judge } = FIELD_DEFINITIONS[setup.type];
  const verdict = judge(read(text), { now: NOW, brand: sibling, settled: true });
  return JSON.stringify([verdict, verdict.status === 'valid' && factsOf(setup.type, read(text), setup.disclose)]);
};

const shown = (model: FieldModel, text: string, kind: EditKind): FieldModel =>
  reduce(model, { type: 'edited', text, selection: { start: text.length, end: text.length }, kind, now: NOW }).model;

const typed = (model: FieldModel): number => Array.from(FIELD_DEFINITIONS[model.setup.type].read(model.text)).length;

function composed(model: FieldModel, key: string): FieldModel {
  const begun = reduce(model, { type: 'composition-start' }).model;
  const text = `${begun.text}${key}`;
  const selection = { start: text.length, end: text.length };
  return reduce(shown(begun, text, 'composition'), { type: 'composition-end', text, selection, now: NOW }).model;
}

/** What one of the twins is after a move; nobody types into a field that does not have the focus. */
function play(model: FieldModel, secret: string, move: Move): FieldModel {
  const keys = Array.from(secret);
  const next = keys[typed(model)] ?? '';
  switch (move.by) {
    case 'event':
      return reduce(model, move.event).model;
    case 'thief':
      return reduce(reduce(model, { type: 'blurred', now: NOW }).model, { type: 'focused' }).model;
    case 'leave':
      return reduce(reduce(model, { type: 'blurred', now: NOW }).model, { type: 'settled', now: NOW }).model;
    case 'whole':
      return shown(model, secret, move.kind);
    case 'part':
      return model.focused
        ? shown(model, keys.slice(0, Math.floor(move.share * keys.length)).join(''), 'paste')
        : model;
    case 'backspace':
      return model.focused ? shown(model, model.text.slice(0, -1), 'delete-backward') : model;
    case 'key':
      return model.focused && next !== '' ? shown(model, `${model.text}${next}`, 'insert') : model;
    case 'compose':
      return model.focused && next !== '' ? composed(model, next) : model;
  }
}

/** The shopper's own word on a beginning may be told, as that of another secret; such a move is of another class. */
const isToldApart = (models: readonly FieldModel[], move: Move): boolean =>
  move.by === 'leave' && new Set(models.map(settledAs)).size > 1;

const CASES = Object.entries(SECRET_CLASSES).flatMap(([type, classes]) =>
  classes.map((secrets, at) => [type as FieldType, at, secrets] as const),
);

/** How a page's taking the focus is taken: as nothing (ADR 7), or as the shopper's word, as it was before. */
type Focus = 'told from the shopper' | 'taken for the shopper';

interface Life {
  readonly type: FieldType;
  readonly discloses: boolean;
  readonly twins: Twins;
  readonly moves: readonly Move[];
  readonly focus: Focus;
}

/** What the page is told of each of the twins, after each move. */
function* tellings({ type, discloses, twins, moves, focus }: Life): Generator<readonly FieldState[]> {
  const setup = { name: 'field', type, optional: false, disclose: discloses ? ALL : [] };
  let models: readonly FieldModel[] = twins.map(() => reduce(initialModel(setup), { type: 'focused' }).model);
  for (const move of moves) {
    const isTaken = focus === 'taken for the shopper' && move.by === 'thief';
    const next = models.map((model, at) => play(model, twins[at] ?? '', isTaken ? { by: 'leave' } : move));
    if (isToldApart(next, move)) continue;
    models = next;
    yield models.map(publicState);
  }
}

interface Lives {
  /** How two twins were told apart. */
  readonly problem: string | undefined;
  readonly told: ReadonlySet<string>;
}

/** Plays any lives of any twins of a class. */
function lives(type: FieldType, secrets: fc.Arbitrary<string>, more: { focus: Focus; seed?: number }): Lives {
  const { focus, ...parameters } = more;
  const told = new Set<string>();
  const law = fc.property(
    twinsOf(secrets),
    fc.array(move, { minLength: STEPS, maxLength: STEPS }),
    fc.boolean(),
    (twins, moves, discloses) => {
      for (const [one, other] of tellings({ type, discloses, twins, moves, focus })) {
        if (JSON.stringify(one) !== JSON.stringify(other)) return false;
        told.add(one?.status ?? '');
      }
      return true;
    },
  );
  return { problem: fc.defaultReportMessage(fc.check(law, { numRuns: RUNS, ...parameters })), told };
}

describe('two secrets of one class stay alike to the page, whatever is done with them', () => {
  it.each(CASES)('T01 A32 A52 a %s of class %i', (type, _, secrets) => {
    const { problem, told } = lives(type, secrets, { focus: 'told from the shopper' });
    expect(problem).toBeUndefined();
    expect([...told]).toEqual(expect.arrayContaining(['empty', 'valid']));
  });

  it('T01 A52 the law notices a focus that is taken for the shopper’s word', () => {
    const [secrets = fc.constant('')] = SECRET_CLASSES['card-number'];
    const { problem } = lives('card-number', secrets, { focus: 'taken for the shopper', seed: 1 });
    expect(problem).toContain('Counterexample');
  });

  it('are more than 100,000 steps', () => {
    expect(CASES.length * RUNS * STEPS).toBeGreaterThan(100_000);
  });
});
