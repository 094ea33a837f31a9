import { ERROR_CODES, type ErrorCode } from '../errors/codes.js';
import { ID } from '../schema/formats.js';
import { array, boolean, integer, literal, object, oneOf, optional, string, type Infer } from '../schema/schema.js';
import { appearance } from './appearance.js';
import { frameId } from './hello.js';
import type { MethodMap } from './methods.js';

const empty = object({});
const height = integer(0, 20_000);
const text = string({ max: 200 });

/** Names one value within a reveal view; made by the bridge. */
export const slotId = string({ min: 1, max: 40, format: ID });

/** One value to show: where its words come from, not what it is. */
export const revealSlot = object({
  slot: slotId,
  label: text,
  /** A wish for a copy button; only a configuration with `copy` grants it. Default of the bridge: false. */
  copy: boolean(),
  /** Seconds until it hides again. */
  hideAfter: integer(1, 600),
});
export type RevealSlot = Infer<typeof revealSlot>;

/** Words of a reveal frame. */
export const revealTexts = object({ copy: text, copied: text, hidden: text, failed: text });
export type RevealTexts = Infer<typeof revealTexts>;

const locale = string({ min: 2, max: 35, format: ID });
const direction = oneOf(['ltr', 'rtl']);

export const revealSetup = object({
  slots: array(revealSlot, { min: 1, max: 100 }),
  /** Rows of slot ids. */
  layout: array(array(slotId, { min: 1, max: 12 }), { min: 1, max: 100 }),
  texts: revealTexts,
  appearance,
  locale,
  direction,
});
export type RevealSetup = Infer<typeof revealSetup>;

export const errorCode = oneOf(Object.keys(ERROR_CODES) as readonly ErrorCode[]);

/** What a reveal frame answers the page. */
export const revealFrameAnswers = { setup: empty, update: object({ height }), pair: empty, hide: empty };

/** What the page may ask of a reveal frame. It can hide; only the coordinator can show. */
export const revealFrameMethods = {
  setup: { params: revealSetup, result: revealFrameAnswers.setup },
  update: {
    params: object({ appearance: optional(appearance), texts: optional(revealTexts) }),
    result: revealFrameAnswers.update,
  },
  pair: { params: object({ coordinator: frameId }), result: empty },
  hide: { params: empty, result: empty },
} as const satisfies MethodMap;

/** The public state of one shown value: never its text, length or redaction. */
export const slotState = object({
  slot: slotId,
  status: oneOf(['hidden', 'shown', 'failed']),
  code: optional(errorCode),
});
export type SlotState = Infer<typeof slotState>;

/** What the page answers: that it has heard. */
export const revealHostAnswers = { changed: empty, copied: empty, resized: empty, failed: empty };

/** What a reveal frame tells the page. */
export const revealHostMethods = {
  changed: { params: object({ slots: array(slotState, { max: 100 }) }), result: empty },
  copied: { params: object({ slot: slotId }), result: empty },
  resized: { params: object({ height }), result: empty },
  failed: { params: object({ code: literal('internal') }), result: empty },
} as const satisfies MethodMap;
