import { NOTHING, readLine, sha256, type Entry, type Line } from './entry.js';

/** Where a chain of evidence is broken. */
export interface Break {
  /** Which line, from 1. */
  readonly line: number;
  readonly why: string;
}

/** A chain, as far as it holds. */
export interface Chain {
  readonly lines: readonly Line[];
  readonly broken: Break | undefined;
  /** What the next line follows on. */
  readonly head: string;
}

function wrong(line: Line | undefined, number: number, head: string): string | undefined {
  if (line === undefined) return 'it is no line of evidence';
  if (line.number > number) return `line ${String(number)} is missing; this one says that it is ${String(line.number)}`;
  if (line.number < number) return `it says that it is line ${String(line.number)}`;
  return line.previous === head
    ? undefined
    : `the line before it is not the one that it followed: line ${String(number - 1)} was changed`;
}

/**
 * Reads a chain from its beginning until it ends or breaks.
 *
 * Security: each line has the hash of the one before, and so nothing vouches for the last. Who can write to the file can change that one, cut
 * lines off the end, or write a whole new chain; against that, keep the head elsewhere (it is printed in each cycle) and compare.
 */
export function readChain(text: string): Chain {
  const written = text.split('\n').filter((each) => each !== '');
  const lines: Line[] = [];
  let head = NOTHING;
  for (const [index, each] of written.entries()) {
    const line = readLine(each);
    const why = wrong(line, index + 1, head);
    if (line === undefined || why !== undefined) return { lines, broken: { line: index + 1, why: why ?? '' }, head };
    lines.push(line);
    head = sha256(each);
  }
  return { lines, broken: undefined, head };
}

/** The line that goes on with a chain. */
export const nextLine = ({ lines, head }: Chain, entry: Entry): string =>
  JSON.stringify({ number: lines.length + 1, previous: head, entry } satisfies Line);
