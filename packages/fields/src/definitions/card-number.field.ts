import { cardBrandOf, longestLength } from '../brand/card-brand.js';
import type { FieldDefinition } from '../definition.js';
import { digitEditor, type DigitShape } from '../edit/edit-digits.js';
import { digitsOf } from '../format/digits.js';
import { groupCardNumber } from '../format/group-digits.js';
import { cardNumberFacts, lastFour } from '../format/card-number.facts.js';
import { judgeCardNumber } from '../validate/card-number.verdict.js';

const shape: DigitShape = { read: digitsOf, capacity: longestLength, layout: groupCardNumber };

export const cardNumber: FieldDefinition = {
  type: 'card-number',
  dataClass: 'pan',
  autocomplete: 'cc-number',
  inputMode: 'numeric',
  maxLength: 60,
  direction: 'ltr',
  read: digitsOf,
  edit: digitEditor(shape),
  judge: judgeCardNumber,
  canonical: (digits) => digits,
  display: groupCardNumber,
  // A page that asks at every key would hear of each legal length whether its digits pass the check (A32).
  onlyShopperSettles: true,
  brandOf: cardBrandOf,
  facts: cardNumberFacts,
  tail: lastFour,
};
