import type { EditKind } from '@cloister/fields';

/** The kinds of change that formatting tells apart, from `InputEvent.inputType` (Input Events Level 2 §4.1.1). */
const KINDS: Readonly<Record<string, EditKind>> = {
  insertText: 'insert',
  insertFromPaste: 'paste',
  insertFromDrop: 'paste',
  insertFromYank: 'paste',
  // Firefox and Safari call autofill and spelling suggestions a replacement; Chromium's autofill has no type at all.
  insertReplacementText: 'autofill',
  insertCompositionText: 'composition',
  deleteContentBackward: 'delete-backward',
  deleteContentForward: 'delete-forward',
};

/** Maps an `input` event to the kind of edit; an event without a type is autofill. */
export function editKind(event: Event): EditKind {
  if (!(event instanceof InputEvent)) return 'autofill';
  if (event.isComposing) return 'composition';
  return event.inputType === '' ? 'autofill' : (KINDS[event.inputType] ?? 'other');
}
