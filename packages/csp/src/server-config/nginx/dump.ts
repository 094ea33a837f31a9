import { globMatches } from '../glob.js';
import type { ConfigText, IncludeReader } from '../source.js';

/** A configuration with the files that it may include. */
export interface Dump {
  readonly main: ConfigText;
  readonly read: IncludeReader;
}

const MARK = /^# configuration file (\S[^\r\n]*):$/gmu;

const folderOf = (name: string): string => name.slice(0, name.lastIndexOf('/') + 1);

/**
 * Takes apart what `nginx -T` prints: the whole configuration, each file under a line with its name, the first of them the main one.
 * `undefined` where the text is something else.
 */
export function readDump(text: string): Dump | undefined {
  const marks = [...text.matchAll(MARK)];
  const files = marks.map(({ 0: mark, 1: name = '', index }, place): ConfigText => {
    const end = marks[place + 1]?.index ?? text.length;
    return { name, text: text.slice(index + mark.length, end).replace(/^\r?\n/u, '') };
  });
  const [main] = files;
  if (main === undefined) return undefined;
  const read: IncludeReader = (path) => {
    const pattern = path.startsWith('/') ? path : folderOf(main.name) + path;
    return files.filter(({ name }) => globMatches(pattern, name)).sort(byName);
  };
  return { main, read };
}

const byName = (one: ConfigText, other: ConfigText): number =>
  one.name < other.name ? -1 : Number(one.name > other.name);
