import { MOST_FIELDS, name } from '../config/vocabulary.js';
import { ID } from '../schema/formats.js';
import { array, integer, literal, object, oneOf, optional, record, string, type Infer } from '../schema/schema.js';
import { appearance } from './appearance.js';
import { drawn, fieldErrorCode, fieldState } from './field-state.js';
import { frameId } from './hello.js';
import type { MethodMap } from './methods.js';

const text = string({ max: 200 });

/** Words for one field. Texts are text; only `help.markup` may hold markup, which the frame sanitises (A38). */
export const fieldTexts = object({
  label: optional(text),
  placeholder: optional(text),
  help: optional(object({ text: optional(string({ max: 500 })), markup: optional(string({ max: 2000 })) })),
});
export type FieldTexts = Infer<typeof fieldTexts>;

/** Words for the shopper, by code. */
export const messageCatalogue = record(fieldErrorCode, text, { max: 20 });

/** BCP 47 tag of the words' language, for `lang`; and their direction. */
const locale = string({ min: 2, max: 35, format: ID });
const direction = oneOf(['ltr', 'rtl']);

const empty = object({});
const height = integer(0, 20_000);

const layout = array(array(name, { min: 1, max: 12 }), { min: 1, max: MOST_FIELDS });
const texts = record(name, fieldTexts, { max: MOST_FIELDS });
const messages = messageCatalogue;

/**
 * What a collect frame shows: rows of field names out of one collection, and their words and looks. It stands in the frame's
 * address, as `#` and the percent-encoded JSON, so that the frame can be typed into before anybody speaks to it: a fragment
 * reaches no server, and does not keep the document from being cached.
 */
export const collectDrawing = object({ collection: name, layout, texts, messages, appearance, locale, direction });
export type CollectDrawing = Infer<typeof collectDrawing>;

/** Cosmetic changes to a mounted frame. */
export const collectUpdate = object({
  texts: optional(texts),
  messages: optional(messages),
  appearance: optional(appearance),
  locale: optional(locale),
  direction: optional(direction),
});
export type CollectUpdate = Infer<typeof collectUpdate>;

const fields = object({ fields: array(fieldState, { max: MOST_FIELDS }) });

/** What a collect frame answers the page. */
export const collectFrameAnswers = {
  setup: drawn,
  update: object({ height }),
  pair: empty,
  focus: empty,
  blur: empty,
  clear: empty,
  validate: fields,
};

/** What the page may ask of a collect frame. No method reads, sets, checks, formats or sends a value. */
export const collectFrameMethods = {
  /**
   * The first call of a page that finds something else drawn than it wants, or nothing: what to show, or the same fields with
   * other words and looks. Its answer says why a drawing is refused.
   */
  setup: { params: collectDrawing, result: drawn },
  update: { params: collectUpdate, result: collectFrameAnswers.update },
  /**
   * Pairs with the coordinator of that id, over a channel that the coordinator makes (security R4). `form` groups the frames of
   * one form; it is made by the bridge and names nothing else.
   */
  pair: { params: object({ coordinator: frameId, form: frameId }), result: empty },
  focus: { params: object({ field: name }), result: empty },
  blur: { params: empty, result: empty },
  clear: { params: object({ field: optional(name) }), result: empty },
  /** Shows what is missing, as a submit would; answers the states. */
  validate: { params: empty, result: fields },
} as const satisfies MethodMap;

/** What the page answers: that it has heard. */
export const collectHostAnswers = { changed: empty, signal: empty, resized: empty, failed: empty };

/** What a collect frame tells the page. */
export const collectHostMethods = {
  changed: { params: fields, result: empty },
  signal: { params: object({ field: name, type: oneOf(['focus', 'blur', 'enter', 'escape']) }), result: empty },
  resized: { params: object({ height }), result: empty },
  /** Something in the frame failed and it closed itself. */
  failed: { params: object({ code: literal('internal') }), result: empty },
} as const satisfies MethodMap;
