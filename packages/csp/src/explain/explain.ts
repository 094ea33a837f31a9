import { SERVICES, type Service } from '../needs/services.js';
import { effective } from '../semantics/effective.js';
import { verdict, type Delivered } from '../semantics/policy-set.js';
import { parsePolicy, type Policy } from '../syntax/policy.js';
import { candidatesOf } from './candidates.js';
import { mend, type PolicyEdit } from './mend.js';
import { subjectOf, type Subject } from './subject.js';
import { violationFacts, type ReportedViolation, type ViolationFacts } from './violation-facts.js';
import { ownerOf, type Owner } from './whose.js';
import { fixWords, whatWords } from './wording.js';

/** What is known of the page. All of it may be left out; then less can be said. */
export interface ExplainContext {
  /** Origin of the secure fields, from the configuration. */
  readonly elements?: string;
  /** Default: all that are known (`SERVICES`). */
  readonly services?: readonly Service[];
  /** All policies of the page (`policiesOf`). Default: the one that came with the violation. */
  readonly policies?: readonly Delivered[];
  /** Hashes of the script or style that was refused, as `sha256-…`, where it stands in the page. */
  readonly hashes?: readonly string[];
}

/** How to allow what was refused, or why not to. */
export type Fix =
  | { readonly kind: 'edit'; readonly line: string; readonly edits: readonly PolicyEdit[] }
  | { readonly kind: 'none'; readonly why: string };

/** What a violation means. */
export interface Explanation {
  /** The directive that was asked. */
  readonly directive: string;
  /** The directive that answered: the same, or one that is asked where it is not there. `undefined`: none of this policy did. */
  readonly because: string | undefined;
  /** Whom the load belongs to; `extension`: the visitor's own browser, or something in it. */
  readonly whose: Owner['whose'];
  readonly what: string;
  readonly fix: Fix;
}

/** What two texts of one policy have in common. */
const sameText = (one: Policy, other: Policy): boolean => gist(one) === gist(other);
const gist = ({ directives }: Policy): string =>
  directives
    .filter(({ ignored }) => ignored === undefined)
    .map(({ name, words }) => [name, ...words.map(({ text }) => text)].join(' '))
    .join(';');

/** The policies of the page, with the one that came with the violation. */
function policiesOfPage({ policy, disposition }: ViolationFacts, known: readonly Delivered[]): readonly Delivered[] {
  const own = parsePolicy(policy);
  if (gist(own) === '' || known.some((each) => sameText(each.policy, own))) return known;
  return [...known, { policy: own, by: 'header', disposition }];
}

function originOf(document: string): string | undefined {
  if (!URL.canParse(document)) return undefined;
  const { origin } = new URL(document);
  return origin === 'null' ? undefined : origin;
}

const none = (why: string): Fix => ({ kind: 'none', why });

interface Question {
  readonly facts: ViolationFacts;
  readonly subject: Subject;
  readonly owner: Owner;
  readonly policies: readonly Delivered[];
  readonly page: string | undefined;
}

/** No source of a list helps: a nonce decides, or the address is none that a policy can name. */
const unmended = ({ subject }: Question): string =>
  subject.kind === 'place' && (subject.thing === 'script' || subject.thing === 'worker')
    ? "The policy trusts scripts by nonce ('strict-dynamic'): give the element the nonce, or add it from a script that has it."
    : 'No source can name this address.';

const ALLOWED =
  'The policy allows this as it is reported. A redirect led elsewhere, and reports do not say where (CSP3 §7.6); or the page has another policy.';

function fixOf(question: Question): Fix {
  const { subject, owner, policies, page } = question;
  const candidates = candidatesOf(subject, owner, page);
  if (candidates.kind === 'none') return candidates;
  if (!('load' in subject) || page === undefined) return none(ALLOWED);
  const { load } = subject;
  if (verdict(policies, load, page).violations.length === 0) return none(ALLOWED);
  for (const sources of candidates.sources) {
    const edits = mend(policies, { load, origin: page }, sources);
    if (edits !== undefined) return { kind: 'edit', line: fixWords(edits, policies.length), edits };
  }
  return none(unmended(question));
}

function becauseOf({ facts, subject, policies, page }: Question): string | undefined {
  if ('load' in subject && page !== undefined) {
    const [first] = verdict(policies, subject.load, page).violations;
    if (first !== undefined) return first.because;
  }
  return effective(parsePolicy(facts.policy), facts.directive)?.name;
}

/**
 * Says what a violation means, whose it is, and what would allow it.
 *
 * Security: total, whatever a report says. A fix is the narrowest that `verdict` accepts, is never `'unsafe-inline'` or `'unsafe-eval'`, and
 * takes nothing away that a policy allowed; whether to follow it is for whoever knows the address.
 */
export function explain(violation: ReportedViolation, context: ExplainContext = {}): Explanation {
  const facts = violationFacts(violation);
  const subject = subjectOf(facts, context.hashes ?? []);
  const page = originOf(facts.document);
  const owner = ownerOf(facts, subject, { page, elements: context.elements, services: context.services ?? SERVICES });
  const question = { facts, subject, owner, page, policies: policiesOfPage(facts, context.policies ?? []) };
  return {
    directive: facts.directive,
    because: becauseOf(question),
    whose: owner.whose,
    what: whatWords(facts, subject, owner),
    fix: fixOf(question),
  };
}
