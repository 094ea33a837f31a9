import { inARow, isAnywhere, isSaid, isStrict, listFor, scriptLists } from '../ask.js';
import type { Change } from '../change.js';
import type { Listed, Page } from '../page.js';
import { atWord, onceEach, type Hit, type PageCheck, type PolicyCheck, type Rule } from '../rule.js';

const missingScriptSrc: PageCheck = (page) =>
  page.main === undefined || isSaid(page, 'script-src')
    ? []
    : [
        {
          item: page.main,
          directive: 'script-src',
          message: 'There is neither script-src nor default-src, so scripts may come from anywhere and stand anywhere.',
        },
      ];

const missingObjectSrc: PageCheck = (page) =>
  page.main === undefined || isSaid(page, 'object-src')
    ? []
    : [
        {
          item: page.main,
          directive: 'object-src',
          message: 'There is neither object-src nor default-src, so <object> and <embed> may load from anywhere.',
          change: { op: 'ensure', directive: 'object-src', words: ["'none'"] },
        },
      ];

/** Whether an expression lets <object> or <base> reach anything. */
const isOpen = ({ source }: Listed): boolean =>
  isAnywhere(source) || (source.kind === 'scheme' && source.scheme === 'data');

/** One hit for all of these, at the first. */
function together(found: readonly Listed[], say: (words: string) => string, change?: Change): readonly Hit[] {
  const [first] = found;
  if (first === undefined) return [];
  return [atWord(first, say(inARow(onceEach(found).map(({ word }) => word.text))), change)];
}

const openObjectSrc: PolicyCheck = (item) => {
  const list = listFor(item, 'object-src');
  const found = together(
    (list?.words ?? []).filter(isOpen),
    (words) => `${words} in ${list?.name ?? ''} lets <object> and <embed> load from anywhere.`,
    { op: 'set', directive: 'object-src', words: ["'none'"] },
  );
  return found.map((hit) => ({ ...hit, directive: 'object-src' }));
};

const someObjects: PolicyCheck = ({ lists }) =>
  together(
    (lists.get('object-src')?.words ?? []).filter((listed) => listed.source.kind !== 'none' && !isOpen(listed)),
    (words) => `object-src allows ${words}; few pages have objects, and 'none' is safer.`,
  );

/** Nonces and hashes are for chosen scripts, whose addresses a base element can turn elsewhere. */
const hasChosenScripts = (page: Page): boolean =>
  page.items.some((item) => scriptLists(item).some((list) => isStrict(list)));

const missingBaseUri =
  (chosen: boolean): PageCheck =>
  (page) =>
    page.main === undefined || isSaid(page, 'base-uri') || hasChosenScripts(page) !== chosen
      ? []
      : [
          {
            item: page.main,
            directive: 'base-uri',
            message:
              "There is no base-uri, and default-src does not stand in for it; say 'none' where no page has a <base>.",
            change: { op: 'ensure', directive: 'base-uri', words: ["'self'"] },
          },
        ];

/** Where the whole web was let in, so was the page itself; data: alone did not let it in. */
function closedBase(words: readonly Listed[]): readonly string[] {
  if (words.some(({ source }) => isAnywhere(source))) return ["'self'"];
  const rest = words.filter((listed) => !isOpen(listed)).map(({ word }) => word.text);
  return rest.length === 0 ? ["'none'"] : rest;
}

const openBaseUri: PolicyCheck = ({ lists }) => {
  const words = lists.get('base-uri')?.words ?? [];
  return together(words.filter(isOpen), (all) => `${all} in base-uri lets a <base> point anywhere.`, {
    op: 'set',
    directive: 'base-uri',
    words: closedBase(words),
  });
};

export const foundations = {
  'missing-script-src': {
    severity: 'high',
    scope: 'page',
    title: 'No script-src',
    explanation:
      'script-src is what a policy has against injected scripts; where neither it nor default-src is there, it has nothing.',
    attack: 'Any injected markup runs scripts from any host.',
    source: 'CSP3 §6.1.11; csp_evaluator MISSING_DIRECTIVES',
    check: missingScriptSrc,
  },
  'missing-object-src': {
    severity: 'medium',
    scope: 'page',
    title: 'No object-src',
    explanation: 'Plugins are gone, but <object> and <embed> still make frames and load documents.',
    attack: 'Injected markup loads a document of its own choice into the page.',
    source: 'CSP3 §6.1.9; csp_evaluator MISSING_DIRECTIVES',
    check: missingObjectSrc,
  },
  'open-object-src': {
    severity: 'medium',
    scope: 'policy',
    closable: true,
    title: 'object-src lets everything in',
    explanation: 'A site without plugins needs no objects: say none.',
    attack: 'Injected markup loads a document of its own choice into the page.',
    source: 'CSP3 §6.1.9; csp_evaluator PLAIN_WILDCARD, PLAIN_URL_SCHEMES',
    check: openObjectSrc,
  },
  'some-objects': {
    severity: 'low',
    scope: 'policy',
    closable: true,
    title: 'object-src allows something',
    explanation: 'Objects are frames that frame-src does not see. Say none, unless a page shows PDFs so.',
    attack: 'Injected markup loads a document of an allowed host into the page.',
    source: 'CSP3 §6.1.9; csp_evaluator OBJECT_ALLOWLIST_BYPASS',
    check: someObjects,
  },
  'missing-base-uri-of-nonces': {
    severity: 'high',
    scope: 'page',
    title: 'Nonces or hashes, but no base-uri',
    explanation: 'A script with a nonce and a relative address is loaded from where <base> says.',
    attack: 'An injected <base> makes the page’s own scripts with a nonce load from the attacker’s host.',
    source: 'CSP3 §6.3.1, §8.3; csp_evaluator MISSING_DIRECTIVES',
    check: missingBaseUri(true),
  },
  'missing-base-uri': {
    severity: 'medium',
    scope: 'page',
    title: 'No base-uri',
    explanation: 'default-src does not stand in for base-uri.',
    attack: 'An injected <base> turns every relative link, form and script address of the page elsewhere.',
    source: 'CSP3 §6.3.1; MDN base-uri',
    check: missingBaseUri(false),
  },
  'open-base-uri': {
    severity: 'high',
    scope: 'policy',
    closable: true,
    title: 'base-uri lets everything in',
    explanation: 'A star or a bare scheme in base-uri is the same as no base-uri.',
    attack: 'An injected <base> turns every relative link, form and script address of the page elsewhere.',
    source: 'CSP3 §6.3.1; csp_evaluator PLAIN_WILDCARD, PLAIN_URL_SCHEMES',
    check: openBaseUri,
  },
} as const satisfies Readonly<Record<string, Rule>>;
