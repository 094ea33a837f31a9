import type { Results } from '../results.js';
import { BARS, type Bar, type Place } from './bars.js';

const number = (value: number): string =>
  Math.abs(value) < 10 ? value.toFixed(2) : value.toFixed(value < 100 ? 1 : 0);

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

const medianOf = (results: Results, { scenario, figure, adapter }: Place): number | undefined =>
  results.of(scenario, figure, adapter)?.median;

/** What a bar's row says, or nothing when it was not measured. */
function barCells(results: Results, { what, ours, floor, most, above = Infinity }: Bar): readonly string[] | undefined {
  const mine = medianOf(results, ours);
  if (mine === undefined) return undefined;
  if (floor === undefined)
    return [what, '', number(mine), `≤ ${String(most)}`, number(mine), mine <= most ? 'met' : '**not met**'];
  const theirs = medianOf(results, floor);
  if (theirs === undefined) return undefined;
  const met = mine <= theirs * most && mine - theirs <= above;
  const limit = `≤ ${String(most)} ×${above === Infinity ? '' : `, ≤ + ${String(above)}`}`;
  return [what, number(theirs), number(mine), limit, `${(mine / theirs).toFixed(2)} ×`, met ? 'met' : '**not met**'];
}

/** Every bar that was measured, and whether it holds. */
export const barsTable = (results: Results): string =>
  table(
    ['figure', 'floor', 'Cloister', 'bar', 'measured', ''],
    BARS.flatMap((bar) => {
      const cells = barCells(results, bar);
      return cells === undefined ? [] : [cells];
    }),
  );

/** Every figure that was measured: the median of each adapter, and where its middle half lies. */
export function figuresTable(results: Results): string {
  const { figures } = results;
  const adapters = [...new Set(figures.map(({ adapter }) => adapter))];
  const names = [
    ...new Map(figures.map(({ scenario, figure }) => [`${scenario} ${figure}`, { scenario, figure }])).values(),
  ];
  const cell = ({ scenario, figure }: Omit<Place, 'adapter'>, adapter: string): string => {
    const summary = results.of(scenario, figure, adapter);
    return summary === undefined ? '' : `${number(summary.median)} [${number(summary.low)}–${number(summary.high)}]`;
  };
  return table(
    ['figure', ...adapters],
    names.map((name) => [`${name.scenario}: ${name.figure}`, ...adapters.map((adapter) => cell(name, adapter))]),
  );
}
