import { nameOf } from '../headers.js';
import type { ConfigPlace, ConfigText, IncludeReader } from '../source.js';
import type { Level } from './level.js';
import { headerValues, readSite } from './site.js';
import { placeOf } from './written.js';
import { textOf } from '../value.js';

/** A security header that a level sends. */
export interface ServedHeader {
  readonly name: string;
  /** What it may be, with `x` for each letter of a variable's name that nothing gives a value; an empty one is not sent. */
  readonly values: readonly string[];
  /** Whether errors have it, too. */
  readonly always: boolean;
  /** Of its `add_header`. */
  readonly place: ConfigPlace;
}

/** A `server`, `location` or `if`, with the security headers of its answers. */
export interface ServedLevel {
  readonly kind: Level['kind'];
  /** `server shop.example > location /checkout/`. */
  readonly name: string;
  readonly headers: readonly ServedHeader[];
}

/** Which security headers each level of an nginx configuration sends, after what it inherits, the outer before the inner. */
export function nginxLevels(main: ConfigText, read: IncludeReader = () => []): readonly ServedLevel[] {
  const site = readSite(main, read);
  return site.levels.map(({ kind, name, effective }) => ({
    kind,
    name,
    headers: effective
      .filter(({ value }) => value !== undefined)
      .map((header) => ({
        name: nameOf(header.header),
        values: headerValues(header, site).map(textOf),
        always: header.always,
        place: placeOf(header.directive),
      })),
  }));
}
