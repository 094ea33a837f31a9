import type { FieldDefinition } from '../definition.js';
import { digitEditor, type DigitShape } from '../edit/edit-digits.js';
import { canonicalExpiry, expiryCapacity, layoutExpiry, readExpiry, typedExpiry } from '../format/expiry-digits.js';
import { judgeExpiry } from '../validate/card-expiry.verdict.js';

const shape: DigitShape = { read: readExpiry, typed: typedExpiry, capacity: expiryCapacity, layout: layoutExpiry };

export const cardExpiry: FieldDefinition = {
  type: 'card-expiry',
  dataClass: 'pan',
  autocomplete: 'cc-exp',
  inputMode: 'numeric',
  maxLength: 24,
  direction: 'ltr',
  read: readExpiry,
  edit: digitEditor(shape),
  judge: judgeExpiry,
  canonical: canonicalExpiry,
  display: (canonical) => layoutExpiry(readExpiry(canonical)),
};
