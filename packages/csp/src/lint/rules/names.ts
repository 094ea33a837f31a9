import { DIRECTIVES, directiveInfo, isDirective } from '../../syntax/directives.js';
import { parseSource } from '../../syntax/source.js';
import { directiveOf, type Directive, type Policy } from '../../syntax/policy.js';
import { nearest } from '../near.js';
import type { Item } from '../page.js';
import { MOST, atDirective, atWord, type Hit, type PolicyCheck, type Rule } from '../rule.js';

const counted = ({ policy }: Item): readonly Directive[] =>
  policy.directives.filter(({ ignored }) => ignored === undefined);
const unknown = (item: Item): readonly Directive[] =>
  counted(item)
    .filter(({ name }) => directiveInfo(name) === undefined)
    .slice(0, MOST);

const LIVE = DIRECTIVES.filter((name) => directiveInfo(name)?.status !== 'gone');

/** Names that people write for others, which no spelling would tell. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['allow', 'default-src'],
  ['xhr-src', 'connect-src'],
  ['ajax-src', 'connect-src'],
  ['javascript-src', 'script-src'],
  ['css-src', 'style-src'],
  ['image-src', 'img-src'],
]);

/** What was meant by a name that no browser knows. */
function meant(name: string): string | undefined {
  const plain = name.replaceAll('_', '-').replace(/:$/u, '');
  if (isDirective(plain)) return plain;
  const longer = `${plain}-src`;
  return ALIASES.get(plain) ?? (isDirective(longer) ? longer : nearest(plain, LIVE));
}

const hasColon = (name: string): boolean => name.endsWith(':') && isDirective(name.slice(0, -1));

interface Guess {
  readonly directive: Directive;
  readonly to: string;
}

const guesses = (item: Item): readonly Guess[] =>
  unknown(item).flatMap((directive) => {
    const to = meant(directive.name);
    return to === undefined ? [] : [{ directive, to }];
  });

/** Only where it is not there yet, and no name before means it too. */
function renaming(item: Item, all: readonly Guess[], { directive, to }: Guess): Hit['change'] {
  const earlier = all.find((each) => each.to === to);
  if (directiveOf(item.policy, to) !== undefined || earlier?.directive !== directive) return undefined;
  return { op: 'rename', directive: directive.name, to };
}

const guessed =
  (fits: (guess: Guess) => boolean, say: (guess: Guess) => string): PolicyCheck =>
  (item) => {
    const all = guesses(item);
    return all.filter(fits).map((guess) => atDirective(guess.directive, say(guess), renaming(item, all, guess)));
  };

const typo = guessed(
  ({ directive }) => !hasColon(directive.name),
  ({ directive, to }) => `No browser knows ${directive.written}: ${to} was meant.`,
);

const colon = guessed(
  ({ directive }) => hasColon(directive.name),
  ({ directive }) => `${directive.written} ends with a colon, so it is no directive.`,
);

/** A comma ends a policy. What looks like a source at the beginning of the next was meant to be one. */
const isAfterComma = ({ offset, of }: Item, directive: Directive, first: Directive | undefined): boolean =>
  offset > 0 &&
  of !== 'meta' &&
  directive === first &&
  (directive.name.includes('.') || directive.name.startsWith("'") || parseSource(directive.name).kind === 'scheme');

const comma: PolicyCheck = (item) =>
  unknown(item)
    .filter((directive) => isAfterComma(item, directive, counted(item)[0]))
    .map((directive) =>
      atDirective(
        directive,
        `The comma before ${directive.written} ends the policy, and what follows it is another policy.`,
      ),
    );

const strange: PolicyCheck = (item) =>
  unknown(item)
    .filter((directive) => meant(directive.name) === undefined && !isAfterComma(item, directive, counted(item)[0]))
    .map((directive) => atDirective(directive, `No browser knows a directive ${directive.written}.`));

const timesOf = ({ directives }: Policy, text: string): number =>
  directives.reduce((sum, { words }) => sum + words.filter((word) => word.text === text).length, 0);

const semicolon: PolicyCheck = (item) =>
  counted(item).flatMap((directive) =>
    directive.words
      .filter(({ text }) => isDirective(text.toLowerCase()))
      .slice(0, MOST)
      .map((word) => {
        const free =
          directiveOf(item.policy, word.text.toLowerCase()) === undefined && timesOf(item.policy, word.text) === 1;
        return atWord(
          { directive, word },
          `${word.text} stands among the words of ${directive.name}: there is no semicolon before it.`,
          free ? { op: 'split', directive: directive.name, word: word.text } : undefined,
        );
      }),
  );

export const names = {
  'directive-typo': {
    severity: 'medium',
    scope: 'policy',
    tried: true,
    title: 'A misspelt directive',
    explanation: 'Browsers read over names that they do not know, and tell it to the console alone.',
    attack: 'What the directive should keep out is let in.',
    source: 'CSP3 §2.2.1; csp_evaluator UNKNOWN_DIRECTIVE',
    check: typo,
  },
  'directive-colon': {
    severity: 'medium',
    scope: 'policy',
    tried: true,
    title: 'A directive with a colon',
    explanation: 'A space, not a colon, stands between the name and its words.',
    attack: 'What the directive should keep out is let in.',
    source: 'CSP3 §2.2.1; csp_evaluator UNKNOWN_DIRECTIVE',
    check: colon,
  },
  'unknown-directive': {
    severity: 'medium',
    scope: 'policy',
    title: 'An unknown directive',
    explanation: 'Browsers read over names that they do not know, and tell it to the console alone.',
    attack: 'What it should keep out is let in.',
    source: 'CSP3 §2.2.1; csp_evaluator UNKNOWN_DIRECTIVE',
    check: strange,
  },
  'comma-in-policy': {
    severity: 'high',
    scope: 'policy',
    title: 'A comma within a policy',
    explanation: 'In a header commas part policies. Sources are parted by spaces.',
    attack: 'What stands behind the comma is lost, so that the page breaks or lets in what it should not.',
    source: 'RFC 9110 §5.6.1; CSP3 §2.2.2',
    check: comma,
  },
  'missing-semicolon': {
    severity: 'medium',
    scope: 'policy',
    tried: true,
    title: 'A missing semicolon',
    explanation:
      'The name of a directive among the words of another is read as a host, and its own words go to the other.',
    attack: 'The directive does not count, and what it allows is allowed for another purpose.',
    source: 'CSP3 §2.2.1; csp_evaluator MISSING_SEMICOLON',
    check: semicolon,
  },
} as const satisfies Readonly<Record<string, Rule>>;
