/** What of a page is watched. */
export const TRAIT_KINDS = [
  'address',
  'header',
  'meta',
  'base',
  'integrity',
  'form',
  'input',
  'frame',
  'overlay',
  'script',
] as const;
export type TraitKind = (typeof TRAIT_KINDS)[number];

/** One thing about a page that should not change unless somebody wanted it to. */
export interface Trait {
  readonly kind: TraitKind;
  /** What it is about: name of a header, address of a frame, of a form or of a script, hash of a text. */
  readonly name: string;
  /** What is compared. */
  readonly value: string;
  /** For people; not compared. */
  readonly note?: string;
}

/** One load of a page, as one kind of visitor. */
export interface Sighting {
  readonly profile: string;
  readonly traits: readonly Trait[];
}
