import type { FieldDefinition } from '../definition.js';
import { canonicalText } from '../format/plain-text.js';
import { judgeName } from '../validate/plain-text.verdict.js';

export const personName: FieldDefinition = {
  type: 'person-name',
  dataClass: 'pii-low',
  autocomplete: 'cc-name',
  inputMode: 'text',
  maxLength: 400,
  direction: 'auto',
  read: (text) => text,
  edit: (_before, { text, selection }) => ({ text, selection }),
  judge: judgeName,
  canonical: canonicalText,
  display: (text) => text,
};
