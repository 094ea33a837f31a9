import { readBaseline, type Baseline } from '@cloister/csp';
import { CliFailure } from '../failure.js';
import { readJsonFile } from '../scripts/json-file.js';

/** Reads a baseline; `undefined` where there is none yet. @throws CliFailure `config` when it is none. */
export async function readBaselineFile(file: string): Promise<Baseline | undefined> {
  const value = await readJsonFile(file);
  if (value === undefined) return undefined;
  const read = readBaseline(value);
  if (!read.ok)
    throw new CliFailure(
      'config',
      `${file}: ${read.problem}; write a new one with --approve, once you have looked at the page`,
    );
  return read.baseline;
}
