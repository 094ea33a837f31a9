import { directiveInfo } from '../syntax/directives.js';
import { parsePolicies, parsePolicy, type Policy } from '../syntax/policy.js';
import type { Load } from './load.js';
import { questionsOf, type Disposition, type Question, type Refusal } from './verdict.js';

/** Where a policy came from, and so what it can do. */
export interface Delivered {
  readonly policy: Policy;
  readonly by: 'header' | 'meta';
  readonly disposition: Disposition;
}

/** What a document came with. */
export interface Delivery {
  /** Values of `Content-Security-Policy`, each of which may have several policies. */
  readonly enforced?: readonly string[];
  /** Values of `Content-Security-Policy-Report-Only`. */
  readonly reported?: readonly string[];
  /** `content` of each `<meta http-equiv="Content-Security-Policy">`. */
  readonly meta?: readonly string[];
}

/** HTML §4.2.5.3: markup cannot have some directives; browsers read over them there. */
const inMarkup = ({ directives }: Policy): Policy => ({
  directives: directives.filter(({ name }) => directiveInfo(name)?.inMeta !== false),
});

/** All policies of a document, in their order. */
export function policiesOf({ enforced = [], reported = [], meta = [] }: Delivery): readonly Delivered[] {
  const header =
    (disposition: Disposition) =>
    (policy: Policy): Delivered => ({ policy, by: 'header', disposition });
  return [
    ...enforced.flatMap(parsePolicies).map(header('enforce')),
    ...reported.flatMap(parsePolicies).map(header('report')),
    ...meta.map((text): Delivered => ({ policy: inMarkup(parsePolicy(text)), by: 'meta', disposition: 'enforce' })),
  ];
}

/** A policy that has something against a load. */
export interface Violation extends Refusal {
  /** Which of the policies. */
  readonly index: number;
  readonly disposition: Disposition;
}

/** What all policies together say: a load is allowed where every policy that is enforced allows it (CSP3 §8.1). */
export interface Verdict {
  readonly allowed: boolean;
  /** In the order in which a browser reports them; a policy that only reports may object at each redirect. */
  readonly violations: readonly Violation[];
}

function ask(policies: readonly Delivered[], question: Question, origin: URL): readonly Violation[] {
  return policies.flatMap(({ policy, disposition }, index): readonly Violation[] => {
    const refused = question(policy, origin, disposition);
    return refused === undefined ? [] : [{ ...refused, index, disposition }];
  });
}

/**
 * What a browser makes of these policies.
 *
 * @param origin of the document that they protect, as `https://shop.example`.
 */
export function verdict(policies: readonly Delivered[], load: Load, origin: string): Verdict {
  const self = new URL(origin);
  const violations: Violation[] = [];
  for (const question of questionsOf(load)) {
    const found = ask(policies, question, self);
    violations.push(...found);
    if (found.some(({ disposition }) => disposition === 'enforce')) return { allowed: false, violations };
  }
  return { allowed: true, violations };
}
