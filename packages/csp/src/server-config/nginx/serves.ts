import type { Level } from './level.js';

/** What a level answers with, as far as its own words tell: pages, drawings and documents of other kinds, files that show nothing, or no body. */
export type Serves = 'pages' | 'drawings' | 'files' | 'nothing';

/** `\.(?:css|js)$` and `\.woff2?$`, at the end of a regular expression. */
const ENDING = /\\\.(?:\((?:\?:)?([\w?|]+)\)|([\w?]+))\$?$/u;
/** What a browser does not show as a page of its own. */
const FILES = new Set(
  `avi avif bmp css cur eot flac gif heic ico jpe jpeg jpg js json m4a m4v map mjs mov mp3 mp4 ogg ogv otf png rss
  ttf txt wasm wav webm webmanifest webp woff woff2`.split(/\s+/u),
);
/** What it shows, and what may hold scripts. */
const DRAWINGS = new Set(['svg', 'svgz', 'xml', 'pdf']);

/** A letter with `?` may be there or not. */
const spellings = (ending: string): readonly string[] => [ending.replaceAll('?', ''), ending.replace(/\w\?/gu, '')];

function ofPattern(pattern: string): Serves {
  const [, several, one] = ENDING.exec(pattern) ?? [];
  const endings = (several ?? one ?? 'html').split('|').flatMap(spellings);
  if (endings.every((ending) => FILES.has(ending.toLowerCase()))) return 'files';
  const all = endings.every((ending) => FILES.has(ending.toLowerCase()) || DRAWINGS.has(ending.toLowerCase()));
  return all ? 'drawings' : 'pages';
}

const EMPTY = /^(?:204|3\d\d|444)$|^https?:/u;

const endsHere = ({ directives }: Level): boolean =>
  directives.some(({ name, words }) => name === 'return' && EMPTY.test(words[1]?.text ?? ''));

/** What a level answers with. Where its words do not tell, pages. */
export function servesOf(level: Level): Serves {
  if (endsHere(level)) return 'nothing';
  if (level.kind === 'if' && level.parent !== undefined) return servesOf(level.parent);
  const [name, modifier, pattern] = (level.directive?.words ?? []).map(({ text }) => text);
  const isPattern = name === 'location' && (modifier === '~' || modifier === '~*');
  return isPattern ? ofPattern(pattern ?? '') : 'pages';
}
