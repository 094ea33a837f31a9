import { directiveInfo } from '../syntax/directives.js';
import { directiveOf, valueOf, type Policy } from '../syntax/policy.js';
import { parseSource, type Source } from '../syntax/source.js';

/** What a policy says where it is asked for a directive. */
export interface Effective {
  /** The directive that answers: the one that was asked for, or the first of its fallbacks that is there. */
  readonly name: string;
  readonly sources: readonly Source[];
}

/** Looks for a directive and, where it is not there, for what is asked in its place (CSP3 §6.8.3); `undefined`: nothing is said. */
export function effective(policy: Policy, name: string): Effective | undefined {
  const found = [name, ...(directiveInfo(name)?.fallback ?? [])].find(
    (each) => directiveOf(policy, each) !== undefined,
  );
  if (found === undefined) return undefined;
  return { name: found, sources: (valueOf(policy, found) ?? []).map(parseSource) };
}

/** Whether a list has a keyword. */
export const hasKeyword = (sources: readonly Source[], keyword: string): boolean =>
  sources.some((source) => source.kind === 'keyword' && source.keyword === keyword);
