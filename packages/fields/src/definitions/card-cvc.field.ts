import type { FieldDefinition } from '../definition.js';
import { digitEditor, type DigitShape } from '../edit/edit-digits.js';
import { digitsOf } from '../format/digits.js';
import { cvcCapacity, judgeCvc } from '../validate/card-cvc.verdict.js';

const shape: DigitShape = { read: digitsOf, capacity: cvcCapacity, layout: (digits) => digits };

export const cardCvc: FieldDefinition = {
  type: 'card-cvc',
  dataClass: 'sad',
  // PCI DSS 3.3.1: not to be stored, so no browser is asked to remember it (A59).
  autocomplete: 'off',
  inputMode: 'numeric',
  maxLength: 24,
  direction: 'ltr',
  read: digitsOf,
  edit: digitEditor(shape),
  judge: judgeCvc,
  canonical: (digits) => digits,
  display: (digits) => digits,
};
