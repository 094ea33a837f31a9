import { listFor } from './ask.js';
import { changeText, ORDER, type Change } from './change.js';
import { SEVERITIES, type Edit, type Finding, type LintInput, type Place, type Severity } from './finding.js';
import { readPage, type Item, type Page } from './page.js';
import { MOST, type Hit, type PolicyRule, type Rule } from './rule.js';
import { RULE_IDS, RULES, type RuleId } from './rules.js';

/** Something that a rule found, before it is told. */
interface Raised {
  readonly id: RuleId;
  readonly rule: Rule;
  readonly hit: Hit;
  readonly item: Item | undefined;
}

/** Of one rule in all policies. */
const MOST_OF_ALL = 100;
/** Whether one policy closes what another leaves open is not asked of more than these. */
const MOST_POLICIES = 64;
/** Changes that are tried in one run, and how long a policy may be for that: each costs a run of its own. Servers send 8 KiB at most. */
const MOST_TRIALS = 20;
const LONGEST_TRIED = 8192;
const LONGEST_MESSAGE = 400;

type OfItem = readonly [item: Item, hits: readonly Hit[]];

const asked = (hit: Hit): string => hit.about ?? hit.directive ?? '';

/** Whether another policy says enough of a directive that a load must be allowed by it too (CSP3 §8.1). */
const closes = ([item, hits]: OfItem, directive: string): boolean =>
  item.disposition === 'enforce' &&
  listFor(item, directive) !== undefined &&
  !hits.some((hit) => asked(hit) === directive);

function isOpen(hit: Hit, item: Item, all: readonly OfItem[]): boolean {
  if (item.disposition === 'report' || all.length > MOST_POLICIES) return true;
  return !all.some((other) => other[0] !== item && closes(other, asked(hit)));
}

function ofPolicies(id: RuleId, rule: PolicyRule, page: Page): readonly Raised[] {
  const all = page.items.map((item): OfItem => [item, rule.check(item, page).slice(0, MOST)]);
  return all.flatMap(([item, hits]) =>
    hits
      .filter((hit) => rule.closable !== true || isOpen(hit, item, all))
      .map((hit): Raised => ({ id, rule, hit, item })),
  );
}

const raise = (page: Page): readonly Raised[] =>
  RULE_IDS.flatMap((id) => {
    const rule = RULES[id];
    const raised =
      rule.scope === 'policy'
        ? ofPolicies(id, rule, page)
        : rule.check(page).map((hit): Raised => ({ id, rule, hit, item: hit.item }));
    return raised.slice(0, MOST_OF_ALL);
  });

function placeOf(item: Item, { start = 0, length = item.text.length }: Hit): Place {
  const first = item.offset + start;
  return { of: item.of, value: item.value, start: first, end: first + length };
}

const rankOf = (severity: Severity): number => SEVERITIES.indexOf(severity);

/** The texts of an input with another text for one policy. */
function withText(input: LintInput, { of, value, offset, text }: Item, better: string): LintInput {
  const texts = (input[of] ?? []).map((each, index) =>
    index === value ? each.slice(0, offset) + better + each.slice(offset + text.length) : each,
  );
  return { ...input, [of]: texts };
}

const isSame = (one: Raised, { id, hit, item }: Raised): boolean =>
  one.id === id && one.item?.index === item?.index && one.hit.directive === hit.directive && one.hit.word === hit.word;

const countFrom = (raised: readonly Raised[], severity: Severity): number =>
  raised.filter(({ rule }) => rankOf(rule.severity) <= rankOf(severity)).length;

/** A policy as the changes that were accepted so far leave it. */
interface Draft {
  readonly text: string;
  readonly raised: readonly Raised[];
}

const draftOf = (page: Page, item: Item, text: string): Draft => ({
  text,
  raised: raise(readPage(withText(page.input, item, text))),
});

/** As heavy as this, or heavier. */
const from = (severity: Severity): readonly Severity[] => SEVERITIES.slice(0, rankOf(severity) + 1);

/** Whether a draft is better for a change: it takes its finding away, and brings none for it that weighs as much or more. */
const helps = (before: Draft, after: Draft, raised: Raised): boolean =>
  !after.raised.some((each) => isSame(each, raised)) &&
  from(raised.rule.severity).every((weight) => countFrom(after.raised, weight) <= countFrom(before.raised, weight));

/** Accepts changes one by one, each on top of those before it, so that together they leave no more than alone. */
class Editor {
  readonly #page: Page;
  readonly #first: readonly Raised[];
  readonly #drafts = new Map<Item, Draft>();
  #trials = 0;

  constructor(page: Page, first: readonly Raised[]) {
    this.#page = page;
    this.#first = first;
  }

  /** The edit of a finding, where it has one that helps. */
  edit(raised: Raised): Edit | undefined {
    const { rule, item, hit } = raised;
    const { change } = hit;
    if (change === undefined || item === undefined) return undefined;
    const text = changeText(item.text, change);
    if (rule.scope === 'policy' && rule.tried === true && !this.#try(raised, item, change)) return undefined;
    return { change, text };
  }

  #try(raised: Raised, item: Item, change: Change): boolean {
    const isLong = item.text.length > LONGEST_TRIED || this.#page.items.length > MOST_POLICIES;
    if (isLong || this.#trials >= MOST_TRIALS) return false;
    this.#trials += 1;
    const first: Draft = { text: item.text, raised: this.#first };
    const before = this.#drafts.get(item) ?? first;
    const after = draftOf(this.#page, item, changeText(before.text, change));
    if (!helps(before, after, raised)) return false;
    if (before !== first && !helps(first, draftOf(this.#page, item, changeText(item.text, change)), raised))
      return false;
    this.#drafts.set(item, after);
    return true;
  }
}

const orderOf = ({ hit }: Raised): number => (hit.change === undefined ? ORDER.length : ORDER.indexOf(hit.change.op));

/** The edits of all, in the order in which they are applied. */
function editsOf(page: Page, all: readonly Raised[]): ReadonlyMap<Raised, Edit | undefined> {
  const editor = new Editor(page, all);
  const inOrder = [...all].sort((one, other) => orderOf(one) - orderOf(other));
  return new Map(inOrder.map((raised) => [raised, editor.edit(raised)]));
}

const clipped = (message: string): string =>
  message.length <= LONGEST_MESSAGE ? message : `${message.slice(0, LONGEST_MESSAGE)}…`;

const startOf = ({ place }: Finding): number => place?.start ?? 0;

const byWeight = (one: Finding, other: Finding): number =>
  rankOf(one.severity) - rankOf(other.severity) ||
  (one.policy ?? -1) - (other.policy ?? -1) ||
  startOf(one) - startOf(other);

/**
 * Looks for what is wrong with the policies of a document, and with what its other headers make of them. The worst come first, then by place.
 * Findings of a rule are capped (25 in a policy, 100 in all), for a header may be hostile.
 *
 * Security: messages quote the header. Escape them for where they are shown; the formats of this package do.
 *
 * @throws TypeError when `origin`, or an address of `needs`, is not a URL.
 */
export function lint(input: LintInput): readonly Finding[] {
  const page = readPage(input);
  const all = raise(page);
  const edits = editsOf(page, all);
  return all
    .map((raised): Finding => {
      const { id, rule, hit, item } = raised;
      return {
        rule: id,
        severity: rule.severity,
        policy: item?.index,
        place: item === undefined ? undefined : placeOf(item, hit),
        directive: hit.directive,
        word: hit.word,
        message: clipped(hit.message),
        attack: hit.attack ?? rule.attack,
        edit: edits.get(raised),
      };
    })
    .sort(byWeight);
}

/**
 * Applies the edits of findings about one policy. What they do not touch keeps its every letter.
 *
 * Laws: a finding whose edit was applied is gone; as many findings of its weight, or fewer, are left; and to apply them again changes nothing.
 *
 * @param policyText one policy, without commas.
 */
export const applyFixes = (policyText: string, findings: readonly Finding[]): string =>
  findings
    .flatMap(({ edit }) => (edit === undefined ? [] : [edit.change]))
    .sort((one, other) => ORDER.indexOf(one.op) - ORDER.indexOf(other.op))
    .reduce(changeText, policyText);

/** Applies the edits to all policies of an input, each to the one that it is about. */
export const fixPage = (input: LintInput, findings: readonly Finding[]): LintInput =>
  // From the last to the first, so that the places of those before stay true.
  readPage(input).items.reduceRight<LintInput>((fixed, item) => {
    const own = findings.filter(({ policy }) => policy === item.index);
    return withText(fixed, item, applyFixes(item.text, own));
  }, input);

/** Whether findings should fail a build: 0 clean, 1 with any that weighs as much as the threshold or more. */
export const exitCodeOf = (findings: readonly Pick<Finding, 'severity'>[], threshold: Severity): 0 | 1 =>
  findings.some(({ severity }) => rankOf(severity) <= rankOf(threshold)) ? 1 : 0;
