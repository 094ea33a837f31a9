import { collectFrameMethods, jsonSchema } from '@cloister/protocol';
import fc from 'fast-check';
import { anyOf } from './any-of-schema.js';

/** What a hostile page does between two keys. */
export type PageMove =
  /** The page calls a method of the frame, with whatever it likes. */
  | { readonly by: 'page'; readonly method: string; readonly params: unknown }
  /** The page takes the focus for so many milliseconds and gives it back. */
  | { readonly by: 'thief'; readonly hold: number };

/** One step of a script that a shopper, who presses the next key, and a hostile page play together. */
type Move = { readonly by: 'shopper' } | PageMove;

export type Script = readonly Move[];

const key: Move = { by: 'shopper' };
const call = (method: string, params: unknown = {}): Move => ({ by: 'page', method, params });

/** `pair` asks another frame and carries nothing of a field; all else that the contract has is played. */
const METHODS = Object.entries(collectFrameMethods).filter(([method]) => method !== 'pair');

/** So many keys, and the same between each two. */
export const keys = (count: number, between: readonly Move[]): Script =>
  Array.from({ length: count }).flatMap((_, at) => (at === 0 ? [key] : [...between, key]));

/** Any calls of any methods, each at any time between keys; from a seed, so that every run plays the same. */
function anything(count: number, seed: number): Script {
  const calls = METHODS.map(([method, { params }]) =>
    anyOf(jsonSchema(params), ['field']).map((each) => call(method, each)),
  );
  // What empties the field or starts the frame anew ends what there is to learn, so it is rare.
  const common = calls.filter((_, at) => !['clear', 'setup'].includes(METHODS[at]?.[0] ?? ''));
  const move: fc.Arbitrary<Move> = fc.oneof(
    { weight: 12, arbitrary: fc.oneof(...common) },
    { weight: 3, arbitrary: fc.constant<Move>({ by: 'thief', hold: 0 }) },
    { weight: 1, arbitrary: fc.oneof(...calls) },
  );
  const pauses = fc.array(fc.array(move, { maxLength: 3 }), { minLength: count, maxLength: count });
  const [between = []] = fc.sample(pauses, { seed, numRuns: 1 });
  return between.flatMap((moves) => [...moves, key]);
}

/** Every script, for values of so many keys. */
export const scripts = (count: number): Readonly<Record<string, Script>> => ({
  'asked at every key': keys(count, [call('validate'), call('update', { messages: { incomplete: 'x' } })]),
  'focus taken at every key': keys(count, [{ by: 'thief', hold: 0 }]),
  'anything, seed 1': anything(count, 1),
  'anything, seed 2': anything(count, 2),
});

/** A thief who keeps the focus for longer than a shopper may be away, when a number could be over. */
export const patientThief = (count: number): Script =>
  keys(count, []).flatMap((move, at) => (at === 12 ? [move, { by: 'thief', hold: 1300 } as const] : [move]));
