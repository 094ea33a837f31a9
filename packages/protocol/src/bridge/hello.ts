import { ID } from '../schema/formats.js';
import { integer, literal, object, oneOf, optional, string, type Infer } from '../schema/schema.js';
import { drawn } from './field-state.js';

/** What a frame is for. */
export const frameRole = oneOf(['collect', 'reveal', 'coordinator']);
export type FrameRole = Infer<typeof frameRole>;

/** A 128-bit random id in base64url, made anew by each frame document. It routes; it authorises nothing. */
export const frameId = string({ min: 22, max: 22, format: ID });

/** Hash of the code and configuration that a frame was built from. */
export const buildId = string({ min: 8, max: 64, format: ID });

/**
 * The only messages that travel over `window`; everything later uses the port that comes with `welcome`.
 *
 * 1. The frame boots, checks itself, draws what its address names, and posts `hello` to its parent, addressed to each
 *    configured host origin in turn: the browser delivers only to a parent that has that very origin.
 * 2. The bridge checks source, then origin, then shape, then version and build, and answers `welcome` with one end of a
 *    new channel, addressed to the elements origin and naming the document's own id.
 * 3. The frame checks source, then origin against its own list of hosts, then id, and takes the first port only.
 *    Neither end listens to `window` any more.
 */
export const hello = object({
  cloister: literal('hello'),
  protocol: integer(1, 1_000_000),
  build: buildId,
  role: frameRole,
  frame: frameId,
  /** Of a frame that found in its address what to draw: it can be typed into, and no first call need ask for it. */
  drawn: optional(drawn),
});
export type Hello = Infer<typeof hello>;

export const welcome = object({
  cloister: literal('welcome'),
  frame: frameId,
});
export type Welcome = Infer<typeof welcome>;

/**
 * Asks a document that may have greeted before anybody listened to greet again: sent to frames that stood in the page's own
 * markup. Whoever sends it learns what every embedder is told anyway.
 */
export const knock = object({ cloister: literal('knock') });
export type Knock = Infer<typeof knock>;

/** A frame that failed its self-check says so with a code and accepts no input. */
export const refusal = object({
  cloister: literal('refusal'),
  code: oneOf(['origin', 'unsupported']),
});
export type Refusal = Infer<typeof refusal>;

/** Asked of the diagnosis document, which anybody may embed: am I on your list? */
export const diagnose = object({ cloister: literal('diagnose') });
/** Its answer, about the asking origin only. */
export const diagnosis = object({ cloister: literal('diagnosis'), host: oneOf(['listed', 'unlisted']) });
export type Diagnosis = Infer<typeof diagnosis>;
