import { name, origin, redaction, sessionMinutes, sessionUses } from '../config/vocabulary.js';
import { DATE_TIME, THUMBPRINT } from '../schema/formats.js';
import { anyOf, array, literal, object, optional, string, type Infer } from '../schema/schema.js';
import { sessionToken, token } from './tokens.js';

/** Permission to create records in one collection from one page origin. */
export const collectGrant = object({
  purpose: literal('collect'),
  collection: name,
  /** Origin of the page that embeds the fields; must be one of `hosts`. */
  origin,
  /** How many records may be created. Default: 1. */
  uses: optional(sessionUses),
  /** Minutes until it ends. Default: 10. */
  minutes: optional(sessionMinutes),
});

/** Permission to show the listed tokens on one page origin, up to a redaction ceiling. */
export const revealGrant = object({
  purpose: literal('reveal'),
  tokens: array(token, { min: 1, max: 100 }),
  /** The most that may be shown. Default: masked. The field's own `reveal` still caps it. */
  redaction: optional(redaction),
  origin,
  uses: optional(sessionUses),
  minutes: optional(sessionMinutes),
  /** Why; kept in the audit log. */
  reason: optional(string({ max: 200 })),
});

export const grant = anyOf([collectGrant, revealGrant]);
export type Grant = Infer<typeof grant>;

/** `POST /v1/sessions`: a backend, with its service credential, asks for a session bound to the coordinator's key. */
export const sessionRequest = object({
  /** Thumbprint of the coordinator's key (RFC 7638, SHA-256, base64url). */
  thumbprint: string({ min: 43, max: 43, format: THUMBPRINT }),
  grant,
});
export type SessionRequest = Infer<typeof sessionRequest>;

export const sessionResponse = object({
  id: token,
  /** Hand this, and only this, to the page. */
  token: sessionToken,
  expires: string({ min: 24, max: 24, format: DATE_TIME }),
});
export type SessionResponse = Infer<typeof sessionResponse>;
