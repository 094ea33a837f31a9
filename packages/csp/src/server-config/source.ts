/** A file of a server's configuration, by the name under which findings speak of it. */
export interface ConfigText {
  readonly name: string;
  readonly text: string;
}

/** Answers the files that an include names, a pattern's in order of their names; empty where there is none. */
export type IncludeReader = (path: string) => readonly ConfigText[];

/** The same, with what it takes to say lines. */
export interface SourceFile extends ConfigText {
  /** Offset of the first letter of each line. */
  readonly lines: readonly number[];
}

/** Where something stands. Lines and columns count from one, offsets from zero; columns and offsets are UTF-16 units. */
export interface ConfigPlace {
  readonly file: string;
  readonly start: number;
  /** Behind the last letter. */
  readonly end: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Reads a text once for its lines: `\n`, `\r\n` and `\r` end one. */
export function sourceFile({ name, text }: ConfigText): SourceFile {
  const lines = [0, ...Array.from(text.matchAll(/\r\n|[\n\r]/gu), ({ 0: end, index }) => index + end.length)];
  return { name, text, lines };
}

/** How many lines begin at or before an offset. */
function lineOf(lines: readonly number[], offset: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The place of some letters of a file. */
export function placeIn({ name, lines }: SourceFile, start: number, end: number): ConfigPlace {
  const line = lineOf(lines, start);
  const endLine = lineOf(lines, end);
  const columnOf = (at: number, of: number): number => at - (lines[of - 1] ?? 0) + 1;
  return { file: name, start, end, line, column: columnOf(start, line), endLine, endColumn: columnOf(end, endLine) };
}
