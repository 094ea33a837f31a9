import type { Inventory, RanScript } from '../scripts/inventory.js';
import type { Trait } from './trait.js';

const trait = ({ kind, src, hash, initiator, frame, length }: RanScript): Trait => ({
  kind: 'script',
  name: src === '' ? hash : src,
  value: hash,
  note: `${kind}, ${String(length)} letters, by ${initiator} in ${frame}`,
});

/** Scripts of a page: a file by its address, a text by what it says. */
export const scriptTraits = ({ scripts }: Inventory): readonly Trait[] => scripts.map(trait);
