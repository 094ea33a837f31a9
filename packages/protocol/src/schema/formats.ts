import type { StringFormat } from './schema.js';

/** Only single characters are matched by expressions here; structure is checked by code (no ReDoS, A41). */
const LOWER_NAME = /^[a-z0-9_-]$/iu;
const BASE64URL = /^[\w-]$/u;
const TOKEN68 = /^[\w.~+/=-]$/u;
const HEX = /^[0-9a-f]$/u;

const every = (text: string, allowed: RegExp): boolean =>
  Array.from(text).every((character) => allowed.test(character));

/** RFC 9562 §5.4: UUID version 4 in its lower-case text form. */
function isUuid(text: string): boolean {
  if (text.length !== 36) return false;
  return Array.from(text).every((character, index) => {
    if (index === 8 || index === 13 || index === 18 || index === 23) return character === '-';
    if (index === 14) return character === '4';
    if (index === 19) return '89ab'.includes(character);
    return HEX.test(character);
  });
}

/** An exact serialised origin (RFC 6454 §6.1): scheme, host, optional port; never `null`, never a path or a wildcard. */
function isOrigin(text: string): boolean {
  if (!text.startsWith('https://') && !text.startsWith('http://')) return false;
  return URL.canParse(text) && new URL(text).origin === text && !text.includes('*');
}

const isDateTime = (text: string): boolean =>
  text.length === 24 && text.endsWith('Z') && !Number.isNaN(Date.parse(text));

/** What each named format means. */
export function hasFormat(text: string, format: StringFormat): boolean {
  switch (format) {
    case 'name':
      return every(text, LOWER_NAME) && text !== '__proto__' && text !== 'constructor' && text !== 'prototype';
    case 'id':
      return every(text, BASE64URL);
    case 'thumbprint':
      return text.length === 43 && every(text, BASE64URL);
    case 'token68':
      return every(text, TOKEN68);
    case 'uuid':
      return isUuid(text);
    case 'origin':
      return isOrigin(text);
    case 'date-time':
      return isDateTime(text);
  }
}
