import type { Keyword } from '../../syntax/source.js';
import { inARow, isDynamic, isStrict, keywordOf, listsFor, scriptLists, wordOf } from '../ask.js';
import type { Item, List } from '../page.js';
import { atDirective, atWord, onceEach, type Hit, type PageCheck, type PolicyCheck, type Rule } from '../rule.js';

/** Each list once that has a keyword and fits. */
const withKeyword =
  (keyword: Keyword, fits: (list: List) => boolean, say: (list: List) => string): PolicyCheck =>
  (item) =>
    scriptLists(item).flatMap((list) => {
      const listed = wordOf(list, keyword);
      return listed !== undefined && fits(list) ? [{ ...atWord(listed, say(list)), about: 'script-src' }] : [];
    });

const isNeutral = (list: List): boolean => isStrict(list) || isDynamic(list);

const unsafeInline = withKeyword(
  'unsafe-inline',
  (list) => !isNeutral(list),
  ({ name }) => `'unsafe-inline' in ${name} runs every script and event handler that stands in the page.`,
);
const neutralised = withKeyword(
  'unsafe-inline',
  isNeutral,
  ({ name }) =>
    `'unsafe-inline' in ${name} does nothing beside a nonce, a hash or 'strict-dynamic', except in browsers that know none of them.`,
);
const unsafeEval = withKeyword(
  'unsafe-eval',
  () => true,
  ({ name }) => `'unsafe-eval' in ${name} lets text become code.`,
);
const unsafeHashes = withKeyword(
  'unsafe-hashes',
  () => true,
  ({ name }) => `'unsafe-hashes' in ${name} lets the named scripts run as event handlers of any element.`,
);

const styleUnsafeInline: PolicyCheck = (item) =>
  listsFor(item, ['style-src', 'style-src-elem', 'style-src-attr']).flatMap((list) => {
    const listed = wordOf(list, 'unsafe-inline');
    if (listed === undefined || isStrict(list)) return [];
    return [
      {
        ...atWord(listed, `'unsafe-inline' in ${list.name} takes any style that stands in the page.`),
        directive: 'style-src',
      },
    ];
  });

const dynamicAlone: PolicyCheck = (item) =>
  scriptLists(item).flatMap((list) => {
    const listed = wordOf(list, 'strict-dynamic');
    if (listed === undefined || isStrict(list)) return [];
    return [
      atWord(listed, `'strict-dynamic' in ${list.name} stands without a nonce or hash, so no script can be the first.`),
    ];
  });

const dynamicIgnores: PolicyCheck = (item) =>
  scriptLists(item).flatMap((list): readonly Hit[] => {
    const idle = list.words.filter(
      (listed) => listed.source.kind === 'host' || listed.source.kind === 'scheme' || keywordOf(listed) === 'self',
    );
    const [first] = idle;
    if (first === undefined || !isDynamic(list)) return [];
    const words = inARow(onceEach(idle).map(({ word }) => word.text));
    return [{ ...atWord(first, `Beside 'strict-dynamic' browsers read over ${words} in ${list.name}.`) }];
  });

/** The tag managers and libraries of a page decide whether it can have this; so it is a note without a change. */
const noTrustedTypes: PageCheck = ({ items, main }) =>
  main === undefined ||
  items.some(({ policy }) => policy.directives.some(({ name }) => name === 'require-trusted-types-for'))
    ? []
    : [
        {
          item: main,
          directive: 'require-trusted-types-for',
          message: "There is no require-trusted-types-for 'script', so strings may still become code in the DOM.",
        },
      ];

const wrongTrustedTypes: PolicyCheck = ({ policy }: Item) =>
  policy.directives
    .filter(
      ({ name, words, ignored }) => name === 'require-trusted-types-for' && words.length === 0 && ignored === undefined,
    )
    .map((directive) =>
      atDirective(directive, 'require-trusted-types-for has no value, so it requires nothing.', {
        op: 'drop',
        directive: directive.name,
        which: 'all',
      }),
    );

export const scripts = {
  'unsafe-inline': {
    severity: 'high',
    scope: 'policy',
    closable: true,
    title: "'unsafe-inline' for scripts",
    explanation: 'It allows exactly what a policy is there to keep out: script text in the page.',
    attack: 'Any injected markup runs as a script, reads what the page has, and draws over the payment fields.',
    source: 'CSP3 §6.7.3.2; PCI DSS 4.0.1 6.4.3; csp_evaluator SCRIPT_UNSAFE_INLINE',
    check: unsafeInline,
  },
  'unsafe-inline-neutralised': {
    severity: 'note',
    scope: 'policy',
    title: "'unsafe-inline' that does nothing",
    explanation: 'Beside a nonce, a hash or strict-dynamic browsers read over it; it is there for very old ones.',
    attack: 'None in a browser of this decade.',
    source: 'CSP3 §6.7.3.2; csp_evaluator IGNORED',
    check: neutralised,
  },
  'unsafe-eval': {
    severity: 'medium',
    scope: 'policy',
    closable: true,
    title: "'unsafe-eval'",
    explanation: 'eval, new Function and timers of strings make code of text.',
    attack: 'Text that reaches eval, new Function or a template of the page runs as code.',
    source: 'CSP3 §4.4.1; csp_evaluator SCRIPT_UNSAFE_EVAL',
    check: unsafeEval,
  },
  'unsafe-hashes': {
    severity: 'low',
    scope: 'policy',
    closable: true,
    title: "'unsafe-hashes'",
    explanation: 'A script that is harmless where it stands may not be as the handler of another element.',
    attack: 'Injected markup triggers a named script where it was not meant to run.',
    source: 'CSP3 §8.3, §2.3.1',
    check: unsafeHashes,
  },
  'style-unsafe-inline': {
    severity: 'low',
    scope: 'policy',
    closable: true,
    title: "'unsafe-inline' for styles",
    explanation: 'Style can read attributes by selectors, load images, and move what a customer sees.',
    attack: 'Injected style hides or overlays parts of the page and reads attribute values letter by letter.',
    source: 'CSP3 §6.1.14; MDN style-src',
    check: styleUnsafeInline,
  },
  'strict-dynamic-alone': {
    severity: 'medium',
    scope: 'policy',
    title: "'strict-dynamic' without a nonce or hash",
    explanation:
      'strict-dynamic hands trust on from scripts with a nonce or hash; without one there is nothing to hand on.',
    attack: 'None: no script of the page runs at all.',
    source: 'CSP3 §8.2; csp_evaluator STRICT_DYNAMIC_NOT_STANDALONE',
    check: dynamicAlone,
  },
  'strict-dynamic-ignores': {
    severity: 'note',
    scope: 'policy',
    title: "Sources that do nothing beside 'strict-dynamic'",
    explanation: 'Hosts, schemes and self are there for browsers that do not know strict-dynamic.',
    attack: 'None; but who takes strict-dynamic out opens these.',
    source: 'CSP3 §8.2; csp_evaluator IGNORED',
    check: dynamicIgnores,
  },
  'no-trusted-types': {
    severity: 'note',
    scope: 'page',
    title: 'Trusted Types are not required',
    explanation:
      'Required Trusted Types make the sinks of the DOM refuse strings. Try it with a report-only policy first.',
    attack: 'Where the page gives a string to innerHTML or script.src, it becomes markup or code.',
    source: 'Trusted Types §4; csp_evaluator REQUIRE_TRUSTED_TYPES_FOR_SCRIPTS',
    check: noTrustedTypes,
  },
  'empty-trusted-types': {
    severity: 'low',
    scope: 'policy',
    title: 'require-trusted-types-for without a value',
    explanation: "Its one value is 'script'.",
    attack: 'Strings still become code in the DOM, although the policy looks as if they could not.',
    source: 'Trusted Types §4.2.1',
    check: wrongTrustedTypes,
  },
} as const satisfies Readonly<Record<string, Rule>>;
