import { nameOf } from '../headers.js';
import type { ConfigText, IncludeReader } from '../source.js';
import { textOf } from '../value.js';
import { readSite, type Level } from './site.js';

/** A security header that a section sends. */
export interface ApacheHeader {
  readonly name: string;
  /** With `x` for what Apache fills in. */
  readonly value: string;
  /** Whether errors have it, too. */
  readonly always: boolean;
}

/** The server (without a name) or a section, with the security headers of its answers. */
export interface ApacheLevel {
  readonly name: string;
  readonly headers: readonly ApacheHeader[];
}

/** In the order in which they are sent. */
const headersOf = ({ tables }: Level): readonly ApacheHeader[] =>
  (['always', 'onsuccess'] as const).flatMap((table) =>
    [...tables[table]].flatMap(([header, entries]) =>
      entries.map(({ value }) => ({ name: nameOf(header), value: textOf(value), always: table === 'always' })),
    ),
  );

/** Which security headers each section of an Apache configuration sends, after those around it, the outer before the inner. */
export const apacheLevels = (main: ConfigText, read: IncludeReader = () => []): readonly ApacheLevel[] =>
  readSite(main, read).levels.map((level) => ({ name: level.name, headers: headersOf(level) }));
