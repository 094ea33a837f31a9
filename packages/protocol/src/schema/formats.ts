/** Named string formats. A page can never bring its own. */
export type StringFormat = 'name' | 'id' | 'origin' | 'uuid' | 'thumbprint' | 'token68' | 'date-time';

/** What a schema refers to, so that a bundle holds the formats that it uses and no other. */
export interface Format {
  readonly name: StringFormat;
  fits(text: string): boolean;
}

/*
 * Expressions look for one character that is not allowed, or have a fixed length: none repeats, so none can be slow (A41).
 */

/** Names of collections, fields and the like. */
export const NAME: Format = {
  name: 'name',
  fits: (text) => !/[^a-z0-9_-]/iu.test(text) && !['__proto__', 'constructor', 'prototype'].includes(text),
};

/** The alphabet of base64url. */
export const ID: Format = { name: 'id', fits: (text) => !/[^\w-]/u.test(text) };

/** A SHA-256 digest in base64url. */
export const THUMBPRINT: Format = { name: 'thumbprint', fits: (text) => text.length === 43 && ID.fits(text) };

/** RFC 9110 §11.2. */
export const TOKEN68: Format = { name: 'token68', fits: (text) => !/[^\w.~+/=-]/u.test(text) };

/** RFC 9562 §5.4: UUID version 4 in its lower-case text form. */
export const UUID: Format = {
  name: 'uuid',
  fits: (text) => /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/u.test(text),
};

/** An exact serialised origin (RFC 6454 §6.1): scheme, host, optional port; never `null`, never a path or a wildcard. */
export const ORIGIN: Format = {
  name: 'origin',
  fits: (text) =>
    /^https?:\/\//u.test(text) && URL.canParse(text) && new URL(text).origin === text && !text.includes('*'),
};

/** As `Date.prototype.toISOString` writes it. */
export const DATE_TIME: Format = {
  name: 'date-time',
  fits: (text) => text.length === 24 && text.endsWith('Z') && !Number.isNaN(Date.parse(text)),
};

/** Whether a text has the format of that name. */
export function hasFormat(text: string, name: StringFormat): boolean {
  const format = [NAME, ID, THUMBPRINT, TOKEN68, UUID, ORIGIN, DATE_TIME].find((each) => each.name === name);
  return format?.fits(text) === true;
}
