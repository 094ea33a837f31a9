import { placeIn, type ConfigPlace } from '../source.js';
import type { Directive } from './parse.js';

/** A directive without what stands in its block. */
export function placeOf({ file, start, words, block, end }: Directive): ConfigPlace {
  return placeIn(file, start, block === undefined ? end : (words.at(-1)?.end ?? end));
}

/** A directive as it stands in the file. */
export const writtenOf = ({ file, start, end }: Directive): string =>
  file.text
    .slice(start, end)
    .split(/[\n\r]/u)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');
