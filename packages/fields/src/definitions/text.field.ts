import type { FieldDefinition } from '../definition.js';
import { canonicalText } from '../format/plain-text.js';
import { judgeText } from '../validate/plain-text.verdict.js';

export const text: FieldDefinition = {
  type: 'text',
  dataClass: 'pii-high',
  autocomplete: 'off',
  inputMode: 'text',
  maxLength: 2000,
  direction: 'auto',
  read: (content) => content,
  edit: (_before, edit) => ({ text: edit.text, selection: edit.selection }),
  judge: judgeText,
  canonical: canonicalText,
  display: (content) => content,
};
