import type { FieldErrorCode, RevealTexts } from '@cloister/protocol';

/** What a shopper reads under a field, by code. */
export const FIELD_MESSAGES: Readonly<Record<FieldErrorCode, string>> = {
  required: 'Fill this in.',
  incomplete: 'This is not complete yet.',
  'number-check': 'Check the card number: a digit may be wrong.',
  'number-length': 'Check the card number: it has too many or too few digits.',
  'expiry-month': 'The month must be between 01 and 12.',
  'expiry-past': 'This card has expired.',
  'expiry-far': 'This date is too far in the future.',
  'cvc-length': 'Check the security code.',
  characters: 'Some of these characters cannot be used here.',
  'too-long': 'This is too long.',
};

/** Words of a reveal frame. */
export const REVEAL_TEXTS: RevealTexts = {
  copy: 'Copy',
  copied: 'Copied',
  hidden: 'Hidden',
  failed: 'Could not be shown',
};

/** What a screen reader calls a frame, before the labels of what is in it. */
export const FRAME_TITLES = { collect: 'Secure input', reveal: 'Secure display', coordinator: 'Secure connection' };
