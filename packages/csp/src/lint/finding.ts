import type { Delivery } from '../semantics/policy-set.js';
import type { Change } from './change.js';
import type { RuleId } from './rules.js';

/** How much a finding matters, the worst first. `high`: it undoes the policy, or the page does not work. `note`: good to know. */
export const SEVERITIES = ['high', 'medium', 'low', 'note'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Addresses that must work, each with scheme and host; an origin is enough. */
export interface LintNeeds {
  readonly frames?: readonly string[];
  readonly scripts?: readonly string[];
  readonly connects?: readonly string[];
  readonly images?: readonly string[];
  readonly styles?: readonly string[];
  readonly forms?: readonly string[];
}

/** What a document came with: its policies, and what else of its answer changes what they mean. */
export interface LintInput extends Delivery {
  /** Other headers of the answer, by their names in lower case. Not given: nothing is said of them. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Of the document, as `https://shop.example`. */
  readonly origin: string;
  readonly needs?: LintNeeds;
}

/** Which of the texts of a `LintInput`. */
export type PlaceOf = 'enforced' | 'reported' | 'meta';

/** Where a finding stands. */
export interface Place {
  readonly of: PlaceOf;
  /** Which of the texts of that kind. */
  readonly value: number;
  /** First letter and the one behind the last, in UTF-16 units of that text. */
  readonly start: number;
  readonly end: number;
}

/** A change that takes a finding away. */
export interface Edit {
  readonly change: Change;
  /** The policy after this change alone. */
  readonly text: string;
}

/** One thing that is wrong, or that someone should know. */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** Which of the policies, in the order of `policiesOf`; `undefined` where it is about the answer as a whole. */
  readonly policy: number | undefined;
  readonly place: Place | undefined;
  /** The directive that it is about, whether or not the policy has it. */
  readonly directive: string | undefined;
  /** The word that it is about. */
  readonly word: string | undefined;
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** What it lets an attacker do, or what breaks, in one sentence. */
  readonly attack: string;
  /** `undefined` where a person must decide. */
  readonly edit: Edit | undefined;
}
