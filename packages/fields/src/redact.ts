import type { FieldType, Redaction } from '@cloister/protocol';
import { FIELD_DEFINITIONS } from './registry.js';

/** A value as far as it may be seen: `value` for the clipboard, `text` for reading. */
export interface RedactedValue {
  readonly value: string;
  readonly text: string;
}

/** As many bullets for every value: how long it is stays unsaid. */
const MASK = '••••';

/**
 * Redacts a canonical value.
 *
 * - `redacted`: both empty. `masked`: four bullets, nothing to copy.
 * - `last4`: bullets and the last four digits of a card number; other types have no such tail and are masked.
 * - `plain`: the canonical value, and its text as people write it.
 */
export function redactValue(type: FieldType, canonical: string, redaction: Redaction): RedactedValue {
  const { display, tail } = FIELD_DEFINITIONS[type];
  switch (redaction) {
    case 'redacted':
      return { value: '', text: '' };
    case 'masked':
      return { value: '', text: MASK };
    case 'last4': {
      const last = tail?.(canonical) ?? '';
      return { value: last, text: last === '' ? MASK : `${MASK} ${last}` };
    }
    case 'plain':
      return { value: canonical, text: display(canonical) };
  }
}
