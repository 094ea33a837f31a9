import type { Directive, Word } from '../syntax/policy.js';
import type { Change } from './change.js';
import type { Severity } from './finding.js';
import type { Item, Listed, Page } from './page.js';

/** No more of a rule than this in one policy: a header may be hostile, and a person has read enough. */
export const MOST = 25;

/** Something that a rule found. */
export interface Hit {
  /** The policy, where a rule looks at the page. */
  readonly item?: Item | undefined;
  /** Where, in the policy's text; not given: all of it. */
  readonly start?: number | undefined;
  readonly length?: number | undefined;
  readonly directive?: string | undefined;
  readonly word?: string | undefined;
  /** The directive that was asked for, where another answered. */
  readonly about?: string | undefined;
  readonly message: string;
  /** Where it is not the rule's own. */
  readonly attack?: string | undefined;
  readonly change?: Change | undefined;
}

interface Told {
  readonly severity: Severity;
  readonly title: string;
  /** Why it is so, for who wants to know. */
  readonly explanation: string;
  /** What it lets an attacker do, or what breaks. */
  readonly attack: string;
  /** Where it is written. */
  readonly source: string;
}

export type PolicyCheck = (item: Item, page: Page) => readonly Hit[];
export type PageCheck = (page: Page) => readonly Hit[];

/** A rule about each policy by itself. */
export interface PolicyRule extends Told {
  readonly scope: 'policy';
  /** Another policy may close the hole: then there is none, for all must allow a load. */
  readonly closable?: true;
  /** The change wakes something, so it is tried before it is offered. */
  readonly tried?: true;
  readonly check: PolicyCheck;
}

/** A rule about all of them together. */
export interface PageRule extends Told {
  readonly scope: 'page';
  readonly check: PageCheck;
}

export type Rule = PolicyRule | PageRule;

/** A hit at a word. */
export const atWord = (
  { directive, word }: { readonly directive: Directive; readonly word: Word },
  message: string,
  change?: Change,
): Hit => ({
  start: word.start,
  length: word.text.length,
  directive: directive.name,
  word: word.text,
  message,
  change,
});

/** A hit at a directive's name. */
export const atDirective = (directive: Directive, message: string, change?: Change): Hit => ({
  start: directive.start,
  length: directive.written.length,
  directive: directive.name,
  message,
  change,
});

/** One of each word: it says the same wherever it stands. */
export function onceEach(words: readonly Listed[]): readonly Listed[] {
  const known = new Set<string>();
  return words.filter(({ word }) => !known.has(word.text) && known.add(word.text));
}
