import type { Load } from '../../semantics/load.js';
import { verdict, type Violation } from '../../semantics/policy-set.js';
import { isDirective } from '../../syntax/directives.js';
import { parseSource } from '../../syntax/source.js';
import { isStrict } from '../ask.js';
import type { LintNeeds } from '../finding.js';
import type { Item, List, Page } from '../page.js';
import type { Hit, PageCheck, Rule } from '../rule.js';

const fetched =
  (destination: Extract<Load, { readonly type: 'fetch' }>['destination']) =>
  (url: string): Load => ({ type: 'fetch', destination, url });

/** What is asked for each kind, and the directive in which one would write it. */
const KINDS = {
  frames: { load: fetched('frame'), directive: 'frame-src' },
  scripts: { load: fetched('script'), directive: 'script-src' },
  connects: { load: fetched('connect'), directive: 'connect-src' },
  images: { load: fetched('image'), directive: 'img-src' },
  styles: { load: fetched('style'), directive: 'style-src' },
  forms: { load: (url: string): Load => ({ type: 'form', url }), directive: 'form-action' },
} as const satisfies Readonly<Record<keyof LintNeeds, { load: (url: string) => Load; directive: string }>>;
type Kind = keyof typeof KINDS;

/** What may have a nonce, so that a policy with one lets it in wherever it comes from. */
const CHOSEN: ReadonlySet<Kind> = new Set<Kind>(['scripts', 'styles']);

interface Refused {
  readonly item: Item;
  readonly url: string;
  readonly directive: string;
  readonly because: string;
  /** Whether another policy that is enforced lets it in. */
  readonly elsewhere: boolean;
}

function refusedBy(page: Page, kind: Kind, url: string): readonly Refused[] {
  const { load, directive } = KINDS[kind];
  const { violations } = verdict(page.items, load(url), page.input.origin);
  const enforced = violations.filter(({ disposition }) => disposition === 'enforce');
  const elsewhere = page.enforced.some(
    (item) => item.lists.has(directive) && !enforced.some(({ index }) => index === item.index),
  );
  return enforced.flatMap(({ index, because }: Violation): readonly Refused[] => {
    const item = page.items[index];
    const list = item?.lists.get(because);
    const chosen = CHOSEN.has(kind) && list !== undefined && isStrict(list);
    return item === undefined || chosen ? [] : [{ item, url, directive, because, elsewhere }];
  });
}

const refusals = (page: Page, kinds: readonly Kind[]): readonly Refused[] =>
  kinds.flatMap((kind) => [...new Set(page.input.needs?.[kind])].flatMap((url) => refusedBy(page, kind, url)));

const others = ['scripts', 'connects', 'images', 'styles', 'forms'] as const satisfies readonly Kind[];

const wordsOf = (list: List | undefined): readonly string[] => (list?.words ?? []).map(({ word }) => word.text);

/** Whether a word is about places, so that it means the same in every list. */
function isPlace(text: string): boolean {
  const source = parseSource(text);
  return source.kind === 'keyword' ? source.keyword === 'self' : source.kind !== 'nonce' && source.kind !== 'hash';
}

/** The words of a list that another one can begin with, but for what a missing semicolon brought. */
function startFrom(words: readonly string[], directive: string): readonly string[] {
  const end = words.findIndex((word) => isDirective(word.toLowerCase()));
  const own = end < 0 ? words : words.slice(0, end);
  return directive === 'script-src' || directive === 'style-src' ? own : own.filter(isPlace);
}

/** The change is made where the answer came from, if that is of the same kind: beside script-src-elem nothing in script-src would help. */
function hitOf(refused: Refused, message: string): Hit {
  const { item, url, directive, because } = refused;
  const list = item.lists.get(because);
  const target = because.startsWith(directive) ? because : directive;
  return {
    item,
    start: list?.directive.start,
    length: list?.directive.written.length,
    directive: target,
    word: url,
    message,
    change: { op: 'add', directive: target, sources: [new URL(url).origin], from: startFrom(wordsOf(list), target) },
  };
}

const missing: PageCheck = (page) =>
  refusals(page, ['frames'])
    .filter(({ elsewhere, item, directive }) => !elsewhere && !item.lists.has(directive))
    .map((refused) => {
      const answer = wordsOf(refused.item.lists.get(refused.because)).join(' ');
      const source = new URL(refused.url).origin;
      return hitOf(
        refused,
        `You have no frame-src, so ${refused.because} ${answer} applies and refuses ${refused.url}: add frame-src ${source}.`,
      );
    });

const refusing: PageCheck = (page) =>
  refusals(page, ['frames'])
    .filter(({ elsewhere, item, directive }) => !elsewhere && item.lists.has(directive))
    .map((refused) => hitOf(refused, `frame-src refuses ${refused.url}: add ${new URL(refused.url).origin} to it.`));

const intersect: PageCheck = (page) =>
  refusals(page, ['frames', ...others])
    .filter(({ elsewhere }) => elsewhere)
    .map((refused) =>
      hitOf(
        refused,
        `Another policy allows ${refused.url}, but policy ${refused.item.index + 1} refuses it by ${refused.because}, and all must allow it.`,
      ),
    );

const otherNeeds: PageCheck = (page) =>
  refusals(page, others)
    .filter(({ elsewhere }) => !elsewhere)
    .map((refused) =>
      hitOf(refused, `${refused.because} refuses ${refused.url}, which ${refused.directive} must allow.`),
    );

export const needs = {
  'missing-frame-src': {
    severity: 'high',
    scope: 'page',
    title: 'A needed frame is refused, since there is no frame-src',
    explanation: 'Without frame-src browsers ask child-src, then default-src.',
    attack: 'None: the payment fields stay empty.',
    source: 'CSP3 §6.1.5, §6.8.3',
    check: missing,
  },
  'frame-src-refuses': {
    severity: 'high',
    scope: 'page',
    title: 'A needed frame is refused by frame-src',
    explanation: 'Its origin is not in the list.',
    attack: 'None: the payment fields stay empty.',
    source: 'CSP3 §6.1.5',
    check: refusing,
  },
  'policies-intersect': {
    severity: 'high',
    scope: 'page',
    title: 'One policy allows what another refuses',
    explanation:
      'A proxy, a framework and markup may each add a policy. Every one of them must allow a load; none can widen another.',
    attack: 'None: what is needed does not load.',
    source: 'CSP3 §8.1',
    check: intersect,
  },
  'need-refused': {
    severity: 'high',
    scope: 'page',
    title: 'Something that must work is refused',
    explanation: 'The policy does not allow an address that was said to be needed.',
    attack: 'None: what is needed does not load.',
    source: 'CSP3 §6.7',
    check: otherNeeds,
  },
} as const satisfies Readonly<Record<string, Rule>>;
