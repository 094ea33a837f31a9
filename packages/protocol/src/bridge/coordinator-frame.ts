import { MOST_FIELDS, name } from '../config/vocabulary.js';
import { sessionToken, token } from '../vault/tokens.js';
import { THUMBPRINT } from '../schema/formats.js';
import { array, boolean, integer, object, optional, record, string, type Infer } from '../schema/schema.js';
import { facts } from './field-state.js';
import { frameId } from './hello.js';
import type { MethodMap } from './methods.js';
import { errorCode, slotId } from './reveal-frame.js';

const empty = object({});
const thumbprint = string({ min: 43, max: 43, format: THUMBPRINT });

/** What one submit created. */
export const collected = object({
  /** Id of the record. */
  record: token,
  /** A token for each field that held a value. */
  tokens: record(name, token, { max: MOST_FIELDS }),
  /** Facts that the configuration discloses, by field. */
  facts: record(name, facts, { max: MOST_FIELDS }),
});
export type Collected = Infer<typeof collected>;

/** How often a frame has told the page of changes since it was made. */
export const changesTold = integer(0, Number.MAX_SAFE_INTEGER);

/**
 * What a submit answers: what was created and, in the order of the frames that were named, how many changes each had told the page when it
 * had forgotten what it must. Frame and coordinator speak to the page over ports of their own, which keep no order between them; by these
 * numbers the page knows what it has yet to hear.
 */
export const submitted = object({ created: collected, told: array(changesTold, { min: 1, max: MOST_FIELDS }) });
export type Submitted = Infer<typeof submitted>;

/** What became of one value that should be shown. */
export const revealed = object({ slot: slotId, code: optional(errorCode) });
export type Revealed = Infer<typeof revealed>;

/** What the coordinator answers the page. */
export const coordinatorAnswers = {
  /** The thumbprint (RFC 7638) of the coordinator's key, and whether its vault wants sessions. */
  prepare: object({ thumbprint, session: boolean() }),
  submit: submitted,
  reveal: object({ items: array(revealed, { max: 100 }) }),
};

/**
 * What the page may ask of the coordinator. It names frames and tokens; where values go is configuration of our origin.
 */
export const coordinatorMethods = {
  prepare: { params: empty, result: coordinatorAnswers.prepare },
  submit: {
    params: object({
      form: frameId,
      collection: name,
      frames: array(frameId, { min: 1, max: MOST_FIELDS }),
      session: optional(sessionToken),
    }),
    result: coordinatorAnswers.submit,
  },
  reveal: {
    params: object({
      session: optional(sessionToken),
      items: array(object({ frame: frameId, slot: slotId, token }), { min: 1, max: 100 }),
    }),
    result: coordinatorAnswers.reveal,
  },
} as const satisfies MethodMap;

/** The coordinator has nothing to tell the page unasked. */
export const coordinatorHostMethods = {} as const satisfies MethodMap;
