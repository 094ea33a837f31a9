import { directiveOf, type Directive, type Policy } from './policy.js';

/** A policy from data: one directive for each entry, in their order. */
export const policyFrom = (entries: Iterable<readonly [name: string, words: readonly string[]]>): Policy => ({
  directives: [...entries].map(([name, words], index) => made(name, words, index > 0)),
});

const made = (name: string, words: readonly string[], follows: boolean): Directive => ({
  space: follows ? ' ' : '',
  written: name,
  name,
  words: words.map((text) => ({ space: ' ', text, start: 0 })),
  trailing: '',
  start: 0,
  ignored: undefined,
});

const isNone = (text: string): boolean => text.toLowerCase() === "'none'";

/** Gives a directive these words, where it stands; adds it at the end where there is none. What else is there keeps its every letter. */
export function setDirective(policy: Policy, name: string, words: readonly string[]): Policy {
  const old = directiveOf(policy, name);
  if (old === undefined) return append(policy, made(name, words, true));
  const renewed = { ...old, words: words.map((text) => ({ space: ' ', text, start: 0 })) };
  return { directives: policy.directives.map((directive) => (directive === old ? renewed : directive)) };
}

/** Behind the last that is not empty, so that a semicolon at the end stays at the end. */
function append({ directives }: Policy, added: Directive): Policy {
  const last = directives.findLastIndex(({ ignored }) => ignored !== 'empty');
  const first = last < 0 ? { ...added, space: '' } : added;
  return { directives: [...directives.slice(0, last + 1), first, ...directives.slice(last + 1)] };
}

/** Takes every directive of that name out. */
export const removeDirective = (policy: Policy, name: string): Policy => ({
  directives: policy.directives.filter((directive) => directive.name !== name),
});

/**
 * Lets a directive allow these sources as well. `from` are the words that it begins with where the policy does not have it: those of the
 * directive that was asked in its place until now. `'none'` goes, for it must stand alone.
 */
export function addSources(
  policy: Policy,
  name: string,
  added: { readonly sources: readonly string[]; readonly from: readonly string[] },
): Policy {
  const old = directiveOf(policy, name)?.words.map(({ text }) => text) ?? added.from;
  const kept = old.filter((text) => !isNone(text));
  return setDirective(policy, name, [...kept, ...added.sources.filter((source) => !kept.includes(source))]);
}

/** Takes a word out of a directive; one that has none left says `'none'`. */
export function removeWord(policy: Policy, name: string, word: string): Policy {
  const old = directiveOf(policy, name);
  if (old === undefined) return policy;
  const words = old.words.map(({ text }) => text).filter((text) => text !== word);
  return setDirective(policy, name, words.length === 0 ? ["'none'"] : words);
}
