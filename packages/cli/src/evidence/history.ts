import type { Cycle, Entry, Line } from './entry.js';

/** Days after which PCI DSS 11.6.1 wants a page looked at again, unless a risk analysis says otherwise. */
const WEEK = 7;
const DAY_MS = 86_400_000;

/** A time in which a page was not looked at for longer than that. */
export interface Gap {
  readonly page: string;
  readonly from: string;
  readonly to: string;
  readonly days: number;
}

const isCycle = (entry: Entry): entry is Cycle => entry.type === 'cycle';

/** Gaps between cycles of a page, the last of them until now. */
function gapsOf(page: string, times: readonly string[], now: string): readonly Gap[] {
  const until = [...times, now];
  return until.slice(1).flatMap((to, index): readonly Gap[] => {
    const from = until[index] ?? to;
    const days = (Date.parse(to) - Date.parse(from)) / DAY_MS;
    return days > WEEK ? [{ page, from, to, days: Math.floor(days) }] : [];
  });
}

/** @param now ISO 8601 */
export function gaps(lines: readonly Line[], now: string): readonly Gap[] {
  const cycles = lines.map(({ entry }) => entry).filter(isCycle);
  const pages = [...new Set(cycles.map(({ page }) => page))];
  return pages.flatMap((page) =>
    gapsOf(
      page,
      cycles.filter((cycle) => cycle.page === page).map(({ at }) => at),
      now,
    ),
  );
}

/** Scripts that came and went since the cycle of the page before; empty for the first. */
export function scriptsSince(
  lines: readonly Line[],
  line: Line,
): { readonly came: readonly string[]; readonly went: readonly string[] } {
  const { entry } = line;
  if (!isCycle(entry)) return { came: [], went: [] };
  const before = lines
    .filter(({ number, entry: other }) => number < line.number && isCycle(other) && other.page === entry.page)
    .map(({ entry: other }) => other)
    .findLast(isCycle);
  if (before === undefined) return { came: [], went: [] };
  const names = ({ scripts }: Cycle): ReadonlySet<string> =>
    new Set(scripts.map(({ src, hash }) => `${src} ${hash}`.trim()));
  const [now, then] = [names(entry), names(before)];
  return { came: [...now].filter((name) => !then.has(name)), went: [...then].filter((name) => !now.has(name)) };
}
