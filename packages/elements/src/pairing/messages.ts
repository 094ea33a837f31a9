import {
  anyOf,
  array,
  cardBrand,
  changesTold,
  errorCode,
  frameId,
  integer,
  literal,
  MOST_FIELDS,
  name,
  object,
  oneOf,
  optional,
  record,
  slotId,
  string,
  type Infer,
} from '@cloister/protocol';

/**
 * How frames of our own origin meet (security R4).
 *
 * Requirements: (a) no port that carries a value was ever in the host's hands; (b) the host can neither read nor forge
 * this traffic; (c) it works wherever the page puts its frames.
 *
 * 1. The page tells a frame the id of the coordinator (`pair`), which is only a name.
 * 2. The frame posts `pair` to every frame beside it, addressed to our own origin: the browser delivers it to our
 *    documents only, whatever else stands there (A10).
 * 3. The coordinator of that id checks that the message came from our origin and from a frame with the same parent, makes
 *    a channel, and posts `paired` with one end back to the very window that asked, addressed to our own origin.
 * 4. The frame checks origin, source and both ids, takes the port, and stops listening. All values move over it.
 */
export const pairRequest = object({
  cloister: literal('pair'),
  coordinator: frameId,
  frame: frameId,
  role: oneOf(['collect', 'reveal']),
});
export type PairRequest = Infer<typeof pairRequest>;

/** The answer, which carries the port. */
export const pairAnswer = object({ cloister: literal('paired'), coordinator: frameId, frame: frameId });
export type PairAnswer = Infer<typeof pairAnswer>;

const requestId = integer(1, 1_000_000_000);
const value = string({ min: 1, max: 1000 });

/** First message of a collect frame: what it holds. */
export const joined = object({
  type: literal('joined'),
  form: frameId,
  collection: name,
  fields: array(name, { min: 1, max: MOST_FIELDS }),
});

/** The brand of the number in this form changed; a security code elsewhere in the form needs to know. */
export const brandChanged = object({ type: literal('brand'), brand: optional(cardBrand) });

/** The values of a frame, or that they are not all valid. `revision` grows with every edit and says nothing else. */
export const gathered = object({
  type: literal('gathered'),
  request: requestId,
  revision: integer(0, Number.MAX_SAFE_INTEGER),
  values: optional(record(name, value, { max: MOST_FIELDS })),
});

/** What became of the values that a reveal frame was given. */
export const showed = object({
  type: literal('showed'),
  request: requestId,
  items: array(object({ slot: slotId, code: optional(errorCode) }), { max: 100 }),
});

/** A collect frame forgot what it must, and has told the page of so many changes; the last of them may be this one. */
export const forgotten = object({ type: literal('forgotten'), request: requestId, told: changesTold });

/** From a frame to the coordinator. */
export const toCoordinator = anyOf([joined, brandChanged, gathered, showed, forgotten]);
export type ToCoordinator = Infer<typeof toCoordinator>;

/** Asks a collect frame for its values. */
export const gather = object({ type: literal('gather'), request: requestId });

/** The vault has the values; a collect frame forgets those that nobody may keep (PCI DSS 3.3.1). */
export const stored = object({ type: literal('stored'), request: requestId });

/** Values for a reveal frame: `text` is for reading, `value` for the clipboard. A slot alone has nothing to show. */
export const show = object({
  type: literal('show'),
  request: requestId,
  items: array(
    anyOf([
      object({ slot: slotId, text: string({ max: 1100 }), value: string({ max: 1000 }) }),
      object({ slot: slotId }),
    ]),
    { max: 100 },
  ),
});
export type Show = Infer<typeof show>;

/** From the coordinator to a collect frame; a reveal frame takes `show` and nothing else. */
export const toCollect = anyOf([gather, brandChanged, stored]);
export type ToCollect = Infer<typeof toCollect>;

/** From the coordinator to a frame. */
export type ToFrame = ToCollect | Show;
