import { CspEvaluator, DEFAULT_CHECKS, STRICTCSP_CHECKS } from 'csp_evaluator';
import { checkHasConfiguredReporting } from 'csp_evaluator/dist/checks/security_checks.js';
import { Type, type Finding as Theirs } from 'csp_evaluator/dist/finding.js';
import { CspParser } from 'csp_evaluator/dist/parser.js';
import { describe, expect, it } from 'vitest';
import { lint, parsePolicy, type Finding } from '@cloister/csp';
import corpus from './corpus.json' with { type: 'json' };
import { ANSWERS } from './refuted.js';

const ORIGIN = 'https://shop.example';
const CHECKS = [...DEFAULT_CHECKS, ...STRICTCSP_CHECKS, checkHasConfiguredReporting];
const entries = Object.entries(corpus);

/** It reads one policy, and knows no commas. */
const policiesIn = (header: string): readonly string[] => header.split(',');
const theirs = (policy: string): readonly Theirs[] => new CspEvaluator(new CspParser(policy).csp).evaluate([], CHECKS);
const ours = (policy: string): readonly Finding[] => lint({ enforced: [policy], origin: ORIGIN });

/** Directives that the policy has but browsers read over, for csp_evaluator reads them. */
const readOver = (policy: string): ReadonlySet<string> =>
  new Set(parsePolicy(policy).directives.flatMap(({ name, ignored }) => (ignored === 'not-ascii' ? [name] : [])));

const same = (one: string | undefined, other: string | undefined): boolean =>
  one?.toLowerCase() === other?.toLowerCase();

/** Ours speaks of the same word, or of the directive as a whole. */
const answers = (own: Finding, their: Theirs): boolean =>
  their.value === undefined ||
  same(own.word, their.value) ||
  own.message.toLowerCase().includes(their.value.toLowerCase());

function isAnswered(their: Theirs, own: readonly Finding[], policy: string): boolean {
  const { rules = [], refuted, refutedFor } = ANSWERS[Type[their.type]] ?? {};
  if (own.some((each) => rules.includes(each.rule) && answers(each, their))) return true;
  // What browsers read over has a finding of its own, and no other can be true of it.
  if (readOver(policy).has(their.directive)) return own.some(({ rule }) => rule === 'not-ascii');
  if (refuted === undefined) return false;
  return refutedFor === undefined || refutedFor.has(their.value ?? their.directive);
}

describe('beside csp_evaluator 1.1.8', () => {
  it('there are a hundred policies', () => {
    expect(entries).toHaveLength(100);
  });

  it.each(entries)('all of its findings are found or refuted: %s', (_, header) => {
    const open = policiesIn(header).flatMap((policy) => {
      const own = ours(policy);
      return theirs(policy).filter((their) => !isAnswered(their, own, policy));
    });
    expect(open.map(({ type, directive, value }) => `${Type[type]} ${directive} ${value ?? ''}`)).toEqual([]);
  });

  it('every answer is asked for by some policy, and every refutation says why', () => {
    const raised = new Set(
      entries.flatMap(([, header]) => policiesIn(header).flatMap(theirs)).map(({ type }) => Type[type]),
    );
    // No check of 1.1.8 raises this kind, although it has a number.
    expect(Object.keys(ANSWERS).filter((kind) => !raised.has(kind))).toEqual(['STATIC_NONCE']);
    for (const { rules, refuted } of Object.values(ANSWERS))
      expect(rules.length > 0 || (refuted ?? '').length > 40).toBe(true);
  });

  it('more is found: what carries data out, frames, and several policies', () => {
    const theirCount = entries.reduce((sum, [, header]) => sum + policiesIn(header).flatMap(theirs).length, 0);
    const ids = new Set(entries.flatMap(([, header]) => ours(header).map(({ rule }) => rule)));
    expect(theirCount).toBeGreaterThan(400);
    for (const id of [
      'open-connect-src',
      'open-form-action',
      'missing-frame-ancestors',
      'shared-hosting',
      'collector-host',
    ] as const)
      expect(ids).toContain(id);
  });
});
