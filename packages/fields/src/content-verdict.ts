import type { FieldErrorCode, FieldType } from '@cloister/protocol';
import { FIELD_DEFINITIONS } from './registry.js';
import type { Circumstances, Verdict } from './validate/verdict.js';

/** The verdict on a field, emptiness included. */
export type FieldVerdict = { readonly status: 'empty' } | Verdict;

/** Judges content of a type; white space alone is empty. */
export function verdictOn(type: FieldType, content: string, circumstances: Circumstances): FieldVerdict {
  return content.trim() === '' ? { status: 'empty' } : FIELD_DEFINITIONS[type].judge(content, circumstances);
}

/** What keeps a verdict from being good. */
export function errorOf(verdict: FieldVerdict, optional: boolean): FieldErrorCode | undefined {
  switch (verdict.status) {
    case 'valid':
      return undefined;
    case 'empty':
      return optional ? undefined : 'required';
    case 'incomplete':
      return 'incomplete';
    case 'invalid':
      return verdict.error;
  }
}
