import { readFileSync } from 'node:fs';
import { FIELD_DEFINITIONS, initialModel, publicState, reduce, type FieldModel } from '@cloister/fields';
import type { FactName } from '@cloister/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partition } from '../../support/information/partition.js';

const NOW = Date.UTC(2026, 10, 22, 12);
const REPORT = readFileSync(new URL('../../../docs/security/information.md', import.meta.url), 'utf8');

/** Which of so many it is, is nine bits. */
const DRAWN = 512;

/** Numbers with a brand's beginning and of one length; `end` is the same for all where the last four digits are disclosed. */
const CLASSES: readonly (readonly [name: string, begin: string, end: string, length: number])[] = [
  ['Visa, 16 digits', '4242', '4242', 16],
  ['Visa, 19 digits', '4242', '4242', 19],
  ['Maestro, 19 digits', '6759', '8453', 19],
  ['UnionPay, 19 digits', '6205500', '0004', 19],
];

const isRight = (number: string): boolean =>
  FIELD_DEFINITIONS['card-number'].judge(number, { now: NOW, brand: undefined, settled: true }).status === 'valid';

/** Right numbers of a class, each as likely; from a seed, so that every run draws the same. */
function draw(begin: string, end: string, length: number): readonly string[] {
  const count = length - begin.length - end.length;
  const digits = fc.array(fc.nat(9), { minLength: count, maxLength: count });
  const numbers = digits.map((free) => `${begin}${free.join('')}${end}`).filter(isRight);
  return fc.sample(fc.noBias(numbers), { numRuns: DRAWN, seed: 1 });
}

/** Whether a focus that went is a shopper who left, as it was before ADR 7. */
type Focus = 'taken for the shopper' | 'told from the shopper';

function typed(model: FieldModel, key: string): FieldModel {
  const text = `${model.text}${key}`;
  const selection = { start: text.length, end: text.length };
  return reduce(model, { type: 'edited', text, selection, kind: 'insert', now: NOW }).model;
}

function stolen(model: FieldModel, focus: Focus): FieldModel {
  const gone = reduce(model, { type: 'blurred', now: NOW }).model;
  return focus === 'told from the shopper' ? gone : reduce(gone, { type: 'settled', now: NOW }).model;
}

/** All that a page is told that takes the focus after each key and gives it back. */
function heard(number: string, disclose: readonly FactName[], focus: Focus): string {
  let model = initialModel({ name: 'field', type: 'card-number', optional: false, disclose });
  const told: unknown[] = [];
  for (const key of number) {
    model = stolen(typed(reduce(model, { type: 'focused' }).model, key), focus);
    told.push(publicState(model));
  }
  return JSON.stringify(told);
}

const FOCUS: readonly Focus[] = ['taken for the shopper', 'told from the shopper'];

describe('what a page learns that takes the focus between two keys', () => {
  it.each(CLASSES)('A52 of a %s, is what docs/security/information.md says', (name, begin, end, length) => {
    const quiet = { numbers: draw(begin, '', length), disclose: [] };
    const told = { numbers: draw(begin, end, length), disclose: ['brand', 'last4'] as const };
    const [before, beforeTold, now, nowTold] = FOCUS.flatMap((focus) =>
      [quiet, told].map(({ numbers, disclose }) =>
        partition(numbers.map((number) => [number, heard(number, disclose, focus)])),
      ),
    );
    const row = [name, ...[before, beforeTold, now, nowTold].map((found) => found?.information.toFixed(2))];
    expect(REPORT.replace(/ +/gu, ' ')).toContain(`| ${row.join(' | ')} |`);
    // No more than the one verdict on sixteen digits of more (ADR 3).
    expect(now?.groups.length).toBeLessThanOrEqual(2);
    expect(nowTold?.groups.length).toBeLessThanOrEqual(2);
    expect(beforeTold?.groups.length).toBeGreaterThan(2);
  });
});
