import type { Severity } from '../lint/finding.js';
import type { RuleId } from '../lint/rules.js';
import type { ConfigRuleId } from './rules.js';
import type { ConfigPlace } from './source.js';

/** Another place that has to do with a finding. */
export interface Related {
  readonly place: ConfigPlace;
  /** What is there. */
  readonly message: string;
}

/** What to write where. Nothing of this package writes it. */
export interface Remedy {
  /** What to do, in one sentence. */
  readonly say: string;
  /** What to write, line by line; may be empty. */
  readonly lines: readonly string[];
  /** For a policy: what to write where the changes of all findings about it are made at once. */
  readonly together?: string;
}

/** One thing that is wrong in a server's configuration, or in a policy that stands in it. */
export interface ConfigFinding {
  readonly rule: ConfigRuleId | RuleId;
  readonly severity: Severity;
  readonly place: ConfigPlace;
  /** Where in the configuration it holds: `server shop.example > location /checkout/`. */
  readonly levels: readonly string[];
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** What it lets an attacker do, or what breaks, in one sentence. */
  readonly attack: string;
  readonly related: readonly Related[];
  /** `undefined` where a person must decide. */
  readonly remedy: Remedy | undefined;
}
