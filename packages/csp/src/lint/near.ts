/** Longer words are not compared: each comparison costs the product of both lengths. */
const LONGEST = 40;
/** Farther than any two words that are compared. */
const FAR = 1_000_000;

type Row = readonly number[];

interface Rows {
  readonly at: number;
  readonly above: Row;
  readonly before: Row;
}

/** What it costs to swap two neighbours here. */
function swap(
  one: string,
  other: string,
  [at, column, before]: readonly [at: number, column: number, before: Row],
): number {
  const swapped = at > 1 && column > 1 && one[at - 1] === other[column - 2] && one[at - 2] === other[column - 1];
  return swapped ? (before[column - 2] ?? 0) + 1 : FAR;
}

/** One more row of the table of optimal string alignment: insert, delete, change, or swap two neighbours. */
function nextRow(one: string, other: string, { at, above, before }: Rows): Row {
  const row = [at];
  for (let column = 1; column <= other.length; column += 1) {
    const changed = (above[column - 1] ?? 0) + (one[at - 1] === other[column - 1] ? 0 : 1);
    const inserted = (row[column - 1] ?? 0) + 1;
    const deleted = (above[column] ?? 0) + 1;
    row.push(Math.min(inserted, deleted, changed, swap(one, other, [at, column, before])));
  }
  return row;
}

const isNear = (row: Row, reach: number): boolean => row.some((far) => far <= reach);

/** The last of the table, or `FAR` as soon as nothing in it is within reach. A swap looks two rows back, so both must be out of it. */
function lastOf(one: string, other: string, reach: number): number {
  let before: Row = [];
  let above: Row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let at = 1; at <= one.length; at += 1) {
    const row = nextRow(one, other, { at, above, before });
    if (!isNear(row, reach) && !isNear(above, reach)) return FAR;
    before = above;
    above = row;
  }
  return above[other.length] ?? 0;
}

/** Both without the letters with which both begin and end, which cost nothing. */
function apart(one: string, other: string): readonly [one: string, other: string] {
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  return [one.slice(start, one.length - end), other.slice(start, other.length - end)];
}

/** How many letters must change to make one word of the other; `Infinity` for more than `reach`. */
export function distance(one: string, other: string, reach: number): number {
  const far = lastOf(...apart(one, other), reach);
  return far > reach ? Infinity : far;
}

/** The word that was meant, where it is one or two letters away and no other is as near; short words must be nearer. */
export function nearest<Known extends string>(word: string, known: readonly Known[]): Known | undefined {
  if (word.length > LONGEST) return undefined;
  const reach = word.length < 6 ? 1 : 2;
  const near = known
    .filter((each) => Math.abs(each.length - word.length) <= reach)
    .map((each) => ({ each, far: distance(word, each, reach) }))
    .filter(({ far }) => far > 0 && far <= reach)
    .sort((one, other) => one.far - other.far);
  const [first, second] = near;
  return first !== undefined && first.far !== second?.far ? first.each : undefined;
}
