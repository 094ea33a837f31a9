import type { CardBrand, FactName, Facts, FieldErrorCode, FieldType } from '@cloister/protocol';
import { FIELD_DEFINITIONS } from './registry.js';
import { errorOf, verdictOn } from './content-verdict.js';

/** What a check depends on beside the value. */
export interface CheckContext {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The brand of the number in the same record; without it a security code may have three or four digits. */
  readonly brand?: CardBrand | undefined;
}

/**
 * Checks a value that claims to be canonical, by the same rules as the field that it was typed into.
 *
 * @returns nothing when it is right; else the first thing that is wrong: `required`, `incomplete`, a code of its type, or
 * `characters` when the value is right but not in its canonical form.
 */
export function checkCanonical(type: FieldType, value: string, context: CheckContext): FieldErrorCode | undefined {
  const { read, canonical } = FIELD_DEFINITIONS[type];
  const content = read(value);
  const verdict = verdictOn(type, content, { now: context.now, brand: context.brand, settled: true });
  return errorOf(verdict, false) ?? (canonical(content) === value ? undefined : 'characters');
}

/**
 * The facts about a valid canonical value that `disclose` names.
 *
 * @returns nothing when the type has no facts, or none of them is disclosed.
 *
 * Security: the caller has checked the value; a fact that is not named in the configuration is never in the answer.
 */
export function factsOf(type: FieldType, canonical: string, disclose: readonly FactName[]): Facts | undefined {
  const facts = select(FIELD_DEFINITIONS[type].facts?.(canonical) ?? {}, disclose);
  return Object.keys(facts).length === 0 ? undefined : facts;
}

const select = ({ brand, last4, bin }: Facts, disclose: readonly FactName[]): Facts => ({
  ...(brand !== undefined && disclose.includes('brand') ? { brand } : {}),
  ...(last4 !== undefined && disclose.includes('last4') ? { last4 } : {}),
  ...(bin !== undefined && disclose.includes('bin') ? { bin } : {}),
});
