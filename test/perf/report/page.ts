import { readFile, writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { ROOT } from '../root.js';
import type { Circumstances } from './machine.js';

const PAGE = `${ROOT}docs/performance.md`;
const BEGIN = '<!-- bench: begin -->';
const END = '<!-- bench: end -->';

/** What is written: two tables in Markdown. */
export interface Tables {
  readonly bars: string;
  readonly figures: string;
}

const section = ({ bars, figures }: Tables, { machine, versions, command }: Circumstances): string => `
\`${command}\` on ${machine}; ${versions}. Medians; the middle half of the samples in brackets.

${bars}

${figures}
`;

/**
 * Replaces what stands between the marks of `docs/performance.md`; the rest of the page is written by hand.
 *
 * @throws Error when the marks are not there.
 */
export async function writePage(tables: Tables, around: Circumstances): Promise<void> {
  const text = await readFile(PAGE, 'utf8');
  const [before, rest] = text.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`${PAGE} has no ${BEGIN} … ${END}`);
  const page = `${before}${BEGIN}\n${section(tables, around)}\n${END}${after}`;
  await writeFile(PAGE, await format(page, { ...(await resolveConfig(PAGE)), filepath: PAGE }));
}
