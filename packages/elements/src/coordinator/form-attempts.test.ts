import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formAttempts, type Attempt } from './form-attempts.js';

function counting(): (form: string) => Attempt {
  let count = 0;
  return formAttempts(() => {
    count += 1;
    return `key-${String(count)}`;
  });
}

type Outcome = 'stored' | 'lost' | 'refused-early';
interface Step {
  readonly form: string;
  readonly state: string;
  readonly outcome: Outcome;
}

const steps = fc.array(
  fc.record({
    form: fc.constantFrom('one', 'other'),
    state: fc.constantFrom('a', 'b', 'c'),
    outcome: fc.constantFrom<Outcome[]>('stored', 'lost', 'refused-early'),
  }),
  { maxLength: 40 },
);

function run(begin: (form: string) => Attempt, { form, state, outcome }: Step): string | undefined {
  const attempt = begin(form);
  const key = outcome === 'refused-early' ? undefined : attempt.keyFor(state);
  if (outcome === 'stored') attempt.settled();
  attempt.over();
  return key;
}

describe('attempts to submit a form', () => {
  it('A81 a key goes with one state of one form, for any history', () => {
    fc.assert(
      fc.property(steps, (history) => {
        const begin = counting();
        const states = new Map<string, string>();
        for (const step of history) {
          const key = run(begin, step);
          if (key === undefined) continue;
          const state = `${step.form} ${step.state}`;
          expect(states.get(key) ?? state).toBe(state);
          states.set(key, state);
        }
      }),
    );
  });

  it('A81 a retry of unchanged values has the same key until one is settled, for any history', () => {
    fc.assert(
      fc.property(steps, (history) => {
        const begin = counting();
        const last = new Map<string, { readonly state: string; readonly key: string }>();
        for (const step of history) {
          const key = run(begin, step);
          if (key === undefined) continue;
          const before = last.get(step.form);
          if (before !== undefined) expect(key === before.key).toBe(step.state === before.state);
          if (step.outcome === 'stored') last.delete(step.form);
          else last.set(step.form, { state: step.state, key });
        }
      }),
    );
  });

  it('A44 remembers two hundred forms and forgets the oldest', () => {
    const begin = counting();
    const lost = (form: string) => run(begin, { form, state: 'a', outcome: 'lost' });
    const first = lost('0');
    for (let form = 1; form < 200; form += 1) lost(String(form));
    expect(lost('0')).toBe(first);
    lost('200');
    expect(lost('0')).toBe(first);
    const forgotten = lost('1');
    expect(forgotten).not.toBe('key-2');
  });

  it('lets another form submit meanwhile, and the same one not', () => {
    const begin = counting();
    const attempt = begin('one');
    expect(() => begin('one')).toThrow(expect.objectContaining({ code: 'busy' }));
    expect(() => begin('other')).not.toThrow();
    attempt.over();
    expect(() => begin('one')).not.toThrow();
  });
});
