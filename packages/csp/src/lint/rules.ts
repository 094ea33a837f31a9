import type { Rule } from './rule.js';
import { directives } from './rules/directives.js';
import { exfiltration } from './rules/exfiltration.js';
import { foundations } from './rules/foundations.js';
import { framing } from './rules/framing.js';
import { names } from './rules/names.js';
import { needs } from './rules/needs.js';
import { nonces } from './rules/nonces.js';
import { places } from './rules/places.js';
import { reporting } from './rules/reporting.js';
import { scriptHosts } from './rules/script-hosts.js';
import { scripts } from './rules/scripts.js';
import { words } from './rules/words.js';

const rules = {
  ...foundations,
  ...scripts,
  ...scriptHosts,
  ...nonces,
  ...exfiltration,
  ...places,
  ...framing,
  ...needs,
  ...reporting,
  ...names,
  ...directives,
  ...words,
} as const;

/** Names of rules. They are kept: people list them in files of what they accept. */
export type RuleId = keyof typeof rules;

/** Every rule with its severity, what it is about, and where that is written. */
export const RULES: Readonly<Record<RuleId, Rule>> = rules;

/** Whether a word is the name of a rule. */
export const isRuleId = (word: string): word is RuleId => Object.hasOwn(rules, word);

/** All names, in the order in which findings are told. */
export const RULE_IDS: readonly RuleId[] = Object.keys(rules).filter(isRuleId);
