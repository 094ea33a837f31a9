import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redaction, strictest, type Redaction } from './vocabulary.js';

const ORDER: readonly Redaction[] = ['redacted', 'masked', 'last4', 'plain'];
const level = fc.constantFrom(...ORDER);

describe('strictest', () => {
  it('law: the result is one of the inputs, and none of them shows less', () => {
    expect(redaction.type === 'choice' && redaction.values).toEqual(ORDER);
    fc.assert(
      fc.property(level, fc.array(level, { maxLength: 3 }), (first, others) => {
        const result = strictest(first, ...others);
        expect([first, ...others]).toContain(result);
        for (const other of [first, ...others]) expect(ORDER.indexOf(result)).toBeLessThanOrEqual(ORDER.indexOf(other));
      }),
    );
  });
});
