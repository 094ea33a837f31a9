import { tableOf, textOf } from './markup.js';
import type { Chain } from './chain.js';
import type { Found, Line } from './entry.js';
import { gaps, scriptsSince } from './history.js';

/** A difference in one line. */
export const foundLine = ({ problem, kind, name, before, after, note, loads, of, profiles }: Found): string => {
  const values =
    problem === 'changed'
      ? `: ${before.join(' | ')} → ${after}`
      : problem === 'added' && after !== ''
        ? `: ${after}`
        : '';
  const who = of === 0 ? '' : ` (${String(loads)} of ${String(of)} loads; ${profiles.join(', ')})`;
  return `${problem} ${kind} ${name}${values}${note === '' ? '' : ` [${note}]`}${who}`;
};

const HEADS = ['line', 'at', 'what', 'page', 'who and why', 'differences', 'scripts that came', 'scripts that went'];

function rowOf(lines: readonly Line[], line: Line): readonly string[] {
  const { number, entry } = line;
  const { came, went } = scriptsSince(lines, line);
  return [
    String(number),
    entry.at,
    entry.type,
    entry.page,
    entry.type === 'approval' ? `${entry.by}: ${entry.because}` : '',
    entry.findings.map(foundLine).join('\n'),
    came.join('\n'),
    went.join('\n'),
  ];
}

/** A cell that begins like a formula is made text, for spreadsheets run what begins so. */
const cell = (text: string): string => `"${(/^[=+\-@\t\r]/u.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/** The whole history, for a spreadsheet (RFC 4180). */
export const csvReport = ({ lines }: Chain): string =>
  [HEADS, ...lines.map((line) => rowOf(lines, line))].map((row) => `${row.map(cell).join(',')}\r\n`).join('');

const STYLE =
  'body{font:1rem/1.5 system-ui;margin:2rem auto;max-width:80rem;padding:0 1rem}table{border-collapse:collapse;width:100%}th,td{border:1px solid #ccc;padding:.3rem .6rem;text-align:start;vertical-align:top;overflow-wrap:anywhere;white-space:pre-line}';

/** The whole history as one page that loads nothing and runs nothing. */
export function htmlEvidence(chain: Chain, now: string): string {
  const { lines, broken, head } = chain;
  const state =
    broken === undefined
      ? `${String(lines.length)} lines, unbroken; head ${head}`
      : `BROKEN at line ${String(broken.line)}: ${broken.why}`;
  const gapRows = gaps(lines, now).map(({ page, from, to, days }) => [page, from, to, String(days)]);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width"><title>Evidence</title><style>${STYLE}</style></head><body>
<h1>Evidence of change and tamper detection</h1><p>${textOf(state)}</p>
<h2>Gaps of more than 7 days</h2>${tableOf(['page', 'from', 'to', 'days'], gapRows)}
<h2>History</h2>${tableOf(
    HEADS,
    lines.map((line) => rowOf(lines, line)),
  )}
</body></html>
`;
}
