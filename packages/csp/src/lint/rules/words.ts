import { directiveInfo } from '../../syntax/directives.js';
import { KEYWORDS, parseSource } from '../../syntax/source.js';
import type { Directive } from '../../syntax/policy.js';
import { nearest } from '../near.js';
import type { Item, List, Listed } from '../page.js';
import { keywordOf } from '../ask.js';
import type { Change } from '../change.js';
import { MOST, atDirective, atWord, onceEach, type Hit, type PolicyCheck, type Rule } from '../rule.js';

const KNOWN = ['none', ...KEYWORDS] as const;
const BARE: ReadonlySet<string> = new Set(KNOWN);
const NONCE_OR_HASH = /^(?:nonce|sha256|sha384|sha512)-/iu;
const QUOTE = new Set(["'", '"', '`']);

/** Without the quotes of any kind around it. */
function unquotedText(word: string): string {
  let start = 0;
  let end = word.length;
  while (start < end && QUOTE.has(word.charAt(start))) start += 1;
  while (end > start && QUOTE.has(word.charAt(end - 1))) end -= 1;
  return word.slice(start, end);
}

const isBare = (text: string): boolean => BARE.has(text.toLowerCase()) || NONCE_OR_HASH.test(text);

/**
 * A none beside others goes, since it would do nothing there. What is unsafe is not allowed as long as it is misspelt, and whether it shall be
 * is for a person to say.
 */
function instead({ directive, word }: Listed, by: string): Change | undefined {
  if (/unsafe/iu.test(by)) return undefined;
  return by.toLowerCase() === "'none'" && directive.words.length > 1
    ? { op: 'remove', directive: directive.name, word: word.text }
    : { op: 'replace', directive: directive.name, word: word.text, by };
}

const unquoted: PolicyCheck = ({ words }) =>
  onceEach(words)
    .filter(({ word }) => isBare(word.text))
    .map((listed) =>
      atWord(
        listed,
        `${listed.word.text} in ${listed.directive.name} wants single quotes: without them it is a host.`,
        instead(listed, `'${listed.word.text}'`),
      ),
    );

const unquotedTypes: PolicyCheck = ({ policy }) =>
  policy.directives.flatMap((directive) =>
    directive.name !== 'require-trusted-types-for' || directive.ignored !== undefined
      ? []
      : directive.words
          .filter(({ text }) => text !== "'script'")
          .map((word) =>
            atWord(
              { directive, word },
              `${word.text} in require-trusted-types-for means nothing: its one value is 'script'.`,
              unquotedText(word.text).toLowerCase() === 'script'
                ? { op: 'replace', directive: directive.name, word: word.text, by: "'script'" }
                : undefined,
            ),
          ),
  );

/** What was meant by a word that is no source. */
function meant(word: string): string | undefined {
  const inside = unquotedText(word);
  if (isBare(inside)) return `'${inside}'`;
  const keyword = nearest(inside.toLowerCase(), KNOWN);
  if (keyword !== undefined) return `'${keyword}'`;
  return inside !== word && inside.includes('.') && parseSource(inside).kind === 'host' ? inside : undefined;
}

const isUnknown = ({ source, word }: Listed): boolean => source.kind === 'unknown' && !isBare(word.text);

const firstUnknown = (words: readonly Listed[]): readonly Listed[] => onceEach(words.filter(isUnknown)).slice(0, MOST);

const misspelt: PolicyCheck = ({ words }) =>
  firstUnknown(words).flatMap((listed): readonly Hit[] => {
    const { word, directive } = listed;
    const by = meant(word.text);
    if (by === undefined || by === word.text) return [];
    return [atWord(listed, `${word.text} in ${directive.name} matches nothing: ${by} was meant.`, instead(listed, by))];
  });

const strange: PolicyCheck = ({ words }) =>
  firstUnknown(words)
    .filter(({ word }) => [undefined, word.text].includes(meant(word.text)))
    .filter(({ word }) => !/^'nonce-/iu.test(word.text))
    .map((listed) =>
      atWord(listed, `${listed.word.text} in ${listed.directive.name} is no source, and matches nothing.`),
    );

const besideNone: PolicyCheck = ({ lists }) =>
  [...lists.values()].flatMap(({ words, name }) => {
    const none = words.find(({ source }) => source.kind === 'none');
    const others = words.filter(({ source }) => source.kind !== 'none');
    if (none === undefined || others.length === 0) return [];
    return [
      atWord(none, `'none' in ${name} stands beside others, so browsers read over it.`, {
        op: 'remove',
        directive: name,
        word: none.word.text,
      }),
    ];
  });

/** Who may have which: everywhere places and self; keywords of code where code is. */
const isForCode = (name: string): boolean =>
  name.startsWith('script-src') || name === 'default-src' || name === 'worker-src';
const isForStyle = (name: string): boolean => name.startsWith('style-src');
const IN_STYLE: ReadonlySet<string> = new Set(['unsafe-inline', 'unsafe-hashes', 'report-sample']);

function isMisplaced({ name }: List, listed: Listed): boolean {
  if (isForCode(name)) return false;
  const { kind } = listed.source;
  if (kind === 'nonce' || kind === 'hash') return !isForStyle(name);
  const keyword = keywordOf(listed);
  if (keyword === undefined || keyword === 'self') return false;
  return !(isForStyle(name) && IN_STYLE.has(keyword));
}

const misplaced: PolicyCheck = ({ lists }) =>
  [...lists.values()].flatMap((list) =>
    onceEach(list.words.filter((listed) => isMisplaced(list, listed))).map((listed) =>
      atWord(listed, `${listed.word.text} means nothing in ${list.name}.`, {
        op: 'remove',
        directive: list.name,
        word: listed.word.text,
      }),
    ),
  );

const repeated: PolicyCheck = ({ lists }) =>
  [...lists.values()].flatMap(({ name, words }) => {
    const first = new Set(onceEach(words));
    return onceEach(words.filter((listed) => !first.has(listed))).map((listed) =>
      atWord(listed, `${listed.word.text} stands in ${name} more than once.`, {
        op: 'unite',
        directive: name,
        word: listed.word.text,
      }),
    );
  });

const takesNothing = ({ name, ignored, words }: Directive): boolean =>
  ignored === undefined && words.length > 0 && directiveInfo(name)?.value === 'nothing';

const surplus: PolicyCheck = ({ policy }: Item) =>
  policy.directives
    .filter(takesNothing)
    .map((directive) =>
      atDirective(directive, `${directive.name} takes no words.`, { op: 'set', directive: directive.name, words: [] }),
    );

export const words = {
  'unquoted-keyword': {
    severity: 'medium',
    scope: 'policy',
    tried: true,
    title: 'A keyword without quotes',
    explanation: 'Without single quotes self is a host called self, and none one called none.',
    attack:
      'None by itself: the page’s own files are refused where self was meant, and who mends that in haste opens more.',
    source: 'CSP3 §2.3.1; csp_evaluator INVALID_KEYWORD',
    check: unquoted,
  },
  'wrong-trusted-types': {
    severity: 'medium',
    scope: 'policy',
    tried: true,
    title: 'A wrong word in require-trusted-types-for',
    explanation: "Its one value is 'script', with single quotes.",
    attack: 'Strings still become code in the DOM, although the policy looks as if they could not.',
    source: 'Trusted Types §4.2.1; csp_evaluator INVALID_KEYWORD',
    check: unquotedTypes,
  },
  'source-typo': {
    severity: 'medium',
    scope: 'policy',
    tried: true,
    title: 'A misspelt source',
    explanation: 'Browsers read over words that they do not know.',
    attack: 'None by itself: what was meant to be allowed is refused, or a restriction such as strict-dynamic is lost.',
    source: 'CSP3 §2.3.1; csp_evaluator INVALID_KEYWORD',
    check: misspelt,
  },
  'unknown-source': {
    severity: 'low',
    scope: 'policy',
    title: 'A word that is no source',
    explanation: 'Browsers read over it: a star within a name, a bracket, a comma, a template that was not filled in.',
    attack: 'None: what was meant to be allowed is refused.',
    source: 'CSP3 §2.3.1; csp_evaluator INVALID_KEYWORD',
    check: strange,
  },
  'none-beside-others': {
    severity: 'low',
    scope: 'policy',
    title: "'none' beside other sources",
    explanation: "'none' counts only where it stands alone.",
    attack: 'The list looks closed, and is not.',
    source: 'CSP3 §6.7.2.7',
    check: besideNone,
  },
  'misplaced-keyword': {
    severity: 'low',
    scope: 'policy',
    title: 'A keyword where it means nothing',
    explanation: 'Nonces, hashes and keywords of code belong to scripts and styles.',
    attack: 'None: it looks as if it did something.',
    source: 'CSP3 §6.7.2.8',
    check: misplaced,
  },
  'repeated-source': {
    severity: 'note',
    scope: 'policy',
    title: 'A source stands twice',
    explanation: 'It makes a header longer, and a change of one of them do nothing.',
    attack: 'None.',
    source: 'CSP3 §2.3.1',
    check: repeated,
  },
  'surplus-words': {
    severity: 'note',
    scope: 'policy',
    title: 'Words where none are read',
    explanation: 'The directive has no value.',
    attack: 'None.',
    source: 'Upgrade Insecure Requests §3.1',
    check: surplus,
  },
} as const satisfies Readonly<Record<string, Rule>>;
