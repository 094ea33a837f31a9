import { addSources, removeDirective, removeWord, setDirective } from '../syntax/edit.js';
import { directiveOf, parsePolicy, printPolicy, type Directive, type Policy, type Word } from '../syntax/policy.js';

/** A change of a policy, as data. Each can be made again without doing more. */
export type Change =
  /** A semicolon before a word that is the name of a directive. */
  | { readonly op: 'split'; readonly directive: string; readonly word: string }
  | { readonly op: 'rename'; readonly directive: string; readonly to: string }
  /** Takes a directive out: all of that name, or those alone that browsers read over. */
  | { readonly op: 'drop'; readonly directive: string; readonly which: 'all' | 'repeated' }
  /** Another word for a word, in every directive that has it. */
  | { readonly op: 'replace'; readonly directive: string; readonly word: string; readonly by: string }
  /** Leaves the first of equal words. */
  | { readonly op: 'unite'; readonly directive: string; readonly word: string }
  /** Takes a word out; `'none'` stands where no other is left. */
  | { readonly op: 'remove'; readonly directive: string; readonly word: string }
  | { readonly op: 'set'; readonly directive: string; readonly words: readonly string[] }
  /** More sources. `from`: what the directive begins with where the policy does not have it. */
  | {
      readonly op: 'add';
      readonly directive: string;
      readonly sources: readonly string[];
      readonly from: readonly string[];
    }
  /** A directive, where the policy does not have it. */
  | { readonly op: 'ensure'; readonly directive: string; readonly words: readonly string[] };

/** What is written wrong is put right first, so that what is missing is judged by what is then there. */
export const ORDER = [
  'split',
  'rename',
  'drop',
  'add',
  'replace',
  'unite',
  'remove',
  'set',
  'ensure',
] as const satisfies readonly Change['op'][];

type Of<Op extends Change['op']> = Extract<Change, { readonly op: Op }>;

const counts = ({ ignored }: Directive): boolean => ignored === undefined;

/** The directive is cut in two before the word. */
function split({ directives }: Policy, { word }: Of<'split'>): Policy {
  const at = directives.findIndex((each) => counts(each) && each.words.some(({ text }) => text === word));
  const found = directives[at];
  if (found === undefined) return { directives };
  const cut = found.words.findIndex(({ text }) => text === word);
  const first: Directive = { ...found, words: found.words.slice(0, cut), trailing: '' };
  const second: Directive = {
    ...found,
    space: ' ',
    written: word,
    name: word.toLowerCase(),
    words: found.words.slice(cut + 1),
  };
  return { directives: [...directives.slice(0, at), first, second, ...directives.slice(at + 1)] };
}

function rename(policy: Policy, { directive, to }: Of<'rename'>): Policy {
  const old = directiveOf(policy, directive);
  if (old === undefined || directiveOf(policy, to) !== undefined) return policy;
  return { directives: policy.directives.map((each) => (each === old ? { ...each, written: to, name: to } : each)) };
}

const drop = (policy: Policy, { directive, which }: Of<'drop'>): Policy =>
  which === 'all'
    ? removeDirective(policy, directive)
    : { directives: policy.directives.filter(({ name, ignored }) => name !== directive || ignored !== 'repeated') };

const mapWords = (policy: Policy, change: (words: readonly Word[]) => readonly Word[]): Policy => ({
  directives: policy.directives.map((each) => (counts(each) ? { ...each, words: change(each.words) } : each)),
});

/** Where the better word is there already, the worse one goes; so does one that means `'none'` beside others, where it means nothing. */
const replace = (policy: Policy, { word, by }: Of<'replace'>): Policy =>
  mapWords(policy, (words) => {
    const others = words.filter(({ text }) => text !== word);
    const isNeedless = others.some(({ text }) => text === by) || (by === "'none'" && others.length > 0);
    return isNeedless ? others : words.map((each) => (each.text === word ? { ...each, text: by } : each));
  });

const unite = (policy: Policy, { directive, word }: Of<'unite'>): Policy => ({
  directives: policy.directives.map((each) => {
    if (!counts(each) || each.name !== directive) return each;
    const first = each.words.findIndex(({ text }) => text === word);
    return { ...each, words: each.words.filter(({ text }, index) => text !== word || index <= first) };
  }),
});

function remove(policy: Policy, { directive, word }: Of<'remove'>): Policy {
  const present = directiveOf(policy, directive)?.words.some(({ text }) => text === word) === true;
  return present ? removeWord(policy, directive, word) : policy;
}

/** Nothing to say is nothing to add. */
const set = (policy: Policy, { directive, words }: Of<'set'>): Policy =>
  words.length === 0 && directiveOf(policy, directive) === undefined ? policy : setDirective(policy, directive, words);

function changed(policy: Policy, change: Change): Policy {
  const { directive } = change;
  switch (change.op) {
    case 'split':
      return split(policy, change);
    case 'rename':
      return rename(policy, change);
    case 'drop':
      return drop(policy, change);
    case 'replace':
      return replace(policy, change);
    case 'unite':
      return unite(policy, change);
    case 'remove':
      return remove(policy, change);
    case 'set':
      return set(policy, change);
    case 'add':
      return addSources(policy, directive, change);
    case 'ensure':
      return directiveOf(policy, directive) === undefined ? setDirective(policy, directive, change.words) : policy;
  }
}

/** The text after a change. It is read again for each, since a change may wake a directive that was read over. */
export const changeText = (text: string, change: Change): string => printPolicy(changed(parsePolicy(text), change));
