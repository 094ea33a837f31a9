import type { Load } from '../semantics/load.js';
import { verdict, type Delivered, type Violation } from '../semantics/policy-set.js';
import { addSources } from '../syntax/edit.js';
import { directiveOf, printPolicy, valueOf, type Policy } from '../syntax/policy.js';
import { parseSource } from '../syntax/source.js';

/** A change of one policy. */
export interface PolicyEdit {
  /** Which of the policies of the page, from 0. */
  readonly index: number;
  readonly by: Delivered['by'];
  readonly disposition: Delivered['disposition'];
  /** The directive that is changed, or added where `from` has the words of the one that answered in its place. */
  readonly directive: string;
  readonly from: readonly string[] | undefined;
  readonly added: readonly string[];
  /** The whole policy with the change. */
  readonly policy: string;
}

/** Whether a directive answers for a narrower one of its own kind, and so is the one to change. */
const isFamily = (because: string, asked: string): boolean => asked === because || asked.startsWith(`${because}-`);

/** The name that people write: the kinds of script and style are told apart only where a policy does. */
const usual = (directive: string): string => directive.replace(/-elem$/u, '');

/** Words about places. Other words mean something for scripts and styles alone. */
const isPlace = (word: string): boolean => {
  const source = parseSource(word);
  return source.kind === 'host' || source.kind === 'scheme' || (source.kind === 'keyword' && source.keyword === 'self');
};
const isCode = (directive: string): boolean => directive === 'script-src' || directive === 'style-src';

interface Change {
  readonly directive: string;
  readonly from: readonly string[] | undefined;
}

function changeOf(policy: Policy, { because, effectiveDirective }: Violation): Change {
  if (isFamily(because, effectiveDirective)) return { directive: because, from: undefined };
  const directive = usual(effectiveDirective);
  const words = valueOf(policy, because) ?? [];
  return { directive, from: isCode(directive) ? words : words.filter(isPlace) };
}

function edited(delivered: Delivered, violation: Violation, added: readonly string[]): PolicyEdit & { after: Policy } {
  const { policy, by, disposition } = delivered;
  const { directive, from } = changeOf(policy, violation);
  const after = addSources(policy, directive, { sources: added, from: from ?? [] });
  const text = printPolicy(after);
  const kept = directiveOf(policy, directive) === undefined ? from : undefined;
  return { index: violation.index, by, disposition, directive, from: kept, added, policy: text, after };
}

/**
 * Changes the policies that refuse a load so that none does any more.
 *
 * @returns `undefined` where these sources do not bring that about. Law: `verdict` finds nothing against the load in the changed policies.
 */
export function mend(
  policies: readonly Delivered[],
  { load, origin }: { readonly load: Load; readonly origin: string },
  added: readonly string[],
): readonly PolicyEdit[] | undefined {
  const edits = verdict(policies, load, origin).violations.flatMap((violation) => {
    const delivered = policies[violation.index];
    return delivered === undefined ? [] : [edited(delivered, violation, added)];
  });
  const after = policies.map((delivered, index) => {
    const edit = edits.find((each) => each.index === index);
    return edit === undefined ? delivered : { ...delivered, policy: edit.after };
  });
  if (verdict(after, load, origin).violations.length > 0) return undefined;
  return edits.map(({ after: _, ...edit }) => edit);
}
