import { fieldTexts, messageCatalogue, type CollectUpdate, type FieldTexts as WireTexts } from '@cloister/protocol';
import { mergeAppearance, wireAppearance } from '../appearance.js';
import { demand } from '../errors.js';
import { resolveLocale } from '../locale.js';
import { FIELD_MESSAGES } from '../messages/en.js';
import type { CollectOptions, FieldTexts } from './collect-api.js';

/** `over` wins; its appearance and messages are laid over those of `base`. */
export const mergeLook = (base: CollectOptions, over: CollectOptions): CollectOptions => ({
  ...base,
  ...over,
  appearance: mergeAppearance(base.appearance, over.appearance),
  messages: { ...base.messages, ...over.messages },
});

type WireLook = Required<Pick<CollectUpdate, 'appearance' | 'messages' | 'locale'>>;

/** What the frame is told of a look. @throws TypeError when it is not right. */
export const wireLook = (look: CollectOptions): WireLook => ({
  appearance: wireAppearance(look.appearance),
  messages: demand(messageCatalogue, { ...FIELD_MESSAGES, ...look.messages }, 'messages'),
  locale: resolveLocale(look.locale ?? 'auto'),
});

/** The words of a field as they cross; its name stands in for a missing label. @throws TypeError when they are not texts. */
export function wireTexts(name: string, { help, ...texts }: FieldTexts): WireTexts {
  const wire = { label: name, ...texts, help: typeof help === 'string' ? { text: help } : help };
  return demand(fieldTexts, wire, `texts of ${name}`);
}
