import type { Summary } from '../measure/statistics.js';
import type { Results } from '../results.js';
import { BARS, type Bar, type Place } from './bars.js';

/** Three figures are more than any run repeats. */
function number(value: number): string {
  if (Number.isInteger(value)) return String(value);
  if (Math.abs(value) < 10) return value.toFixed(2);
  return value.toFixed(Math.abs(value) < 100 ? 1 : 0);
}

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

const spread = ({ median, low, high }: Summary): string =>
  low === high ? number(median) : `${number(median)} [${number(low)}–${number(high)}]`;

/** Every figure that was measured: the median of each adapter, in this order, and where its middle half lies. */
export function figuresTable(results: Results, order: readonly string[]): string {
  const { figures } = results;
  const adapters = order.filter((name) => figures.some(({ adapter }) => adapter === name));
  const names = [
    ...new Map(figures.map(({ scenario, figure }) => [`${scenario} ${figure}`, { scenario, figure }])).values(),
  ];
  const cell = ({ scenario, figure }: Omit<Place, 'adapter'>, adapter: string): string => {
    const summary = results.of(scenario, figure, adapter);
    return summary === undefined ? '' : spread(summary);
  };
  return table(
    ['figure', ...adapters],
    names.map((name) => [`${name.scenario}: ${name.figure}`, ...adapters.map((adapter) => cell(name, adapter))]),
  );
}
