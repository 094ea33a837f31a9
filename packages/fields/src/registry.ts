import type { FieldType } from '@cloister/protocol';
import type { FieldDefinition } from './definition.js';
import { cardCvc } from './definitions/card-cvc.field.js';
import { cardExpiry } from './definitions/card-expiry.field.js';
import { cardNumber } from './definitions/card-number.field.js';
import { personName } from './definitions/person-name.field.js';
import { text } from './definitions/text.field.js';

/** The definition of every field type; a type without one does not compile. */
export const FIELD_DEFINITIONS: Readonly<Record<FieldType, FieldDefinition>> = {
  'card-number': cardNumber,
  'card-expiry': cardExpiry,
  'card-cvc': cardCvc,
  'person-name': personName,
  text,
};
