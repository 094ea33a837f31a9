import { readApprovals, type Approvals } from '@cloister/csp';
import { CliFailure } from '../failure.js';
import { readJsonFile } from './json-file.js';

/** Reads `payment-scripts.json`. @throws CliFailure `config` with what is to be mended. */
export async function readApprovalsFile(file: string): Promise<Approvals> {
  const value = await readJsonFile(file);
  if (value === undefined)
    throw new CliFailure(
      'config',
      `${file} does not exist; begin one with: cloister csp inventory <url> --out ${file}`,
    );
  const read = readApprovals(value);
  if (!read.ok) throw new CliFailure('config', `${file}: ${read.problem}; mend that entry`);
  return read.approvals;
}
