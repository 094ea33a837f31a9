import type { Severity } from '../lint/finding.js';
import type { ConfigFinding, Related, Remedy } from './finding.js';
import { CONFIG_RULES, type ConfigRuleId } from './rules.js';
import type { ConfigPlace } from './source.js';

/** What a check says of a place. */
interface Said {
  readonly at: ConfigPlace;
  readonly message: string;
  readonly levels?: readonly string[];
  /** Where it is not the rule's own. */
  readonly severity?: Severity;
  readonly attack?: string;
  readonly related?: readonly Related[];
  readonly remedy?: Remedy | undefined;
}

export const told = (rule: ConfigRuleId, { at, severity, attack, ...said }: Said): ConfigFinding => ({
  rule,
  severity: severity ?? CONFIG_RULES[rule].severity,
  place: at,
  levels: said.levels ?? [],
  message: said.message,
  attack: attack ?? CONFIG_RULES[rule].attack,
  related: said.related ?? [],
  remedy: said.remedy,
});

/** `a, b and c`. */
export const inARow = (words: readonly string[]): string =>
  words.length <= 1 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;

/** The first of each. */
export const onceEach = <T>(all: readonly T[], keyOf: (one: T) => string): readonly T[] =>
  [...new Map(all.toReversed().map((one) => [keyOf(one), one])).values()].reverse();
