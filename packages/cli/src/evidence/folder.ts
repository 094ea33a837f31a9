import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CliFailure } from '../failure.js';
import { nextLine, readChain, type Chain } from './chain.js';
import { bounded, readLine, sha256, type Entry } from './entry.js';

/** The one file of a folder of evidence. */
export const EVIDENCE = 'evidence.jsonl';

async function textOf(folder: string): Promise<string | undefined> {
  try {
    return await readFile(join(folder, EVIDENCE), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new CliFailure('folder', `${join(folder, EVIDENCE)} cannot be read`);
  }
}

/** The chain of a folder; `undefined` where there is none yet. */
export async function chainOf(folder: string): Promise<Chain | undefined> {
  const text = await textOf(folder);
  return text === undefined ? undefined : readChain(text);
}

/**
 * Writes one more line. It is not written to a chain that is broken, so that a break stays at the end and is seen.
 *
 * @returns the head of the chain: what the next line will follow on.
 * @throws CliFailure `differs` when the chain is broken, `folder` when the entry is none that could be read again.
 */
export async function addEvidence(folder: string, entry: Entry): Promise<string> {
  await mkdir(folder, { recursive: true });
  const text = (await textOf(folder)) ?? '';
  const chain = readChain(text);
  if (chain.broken !== undefined)
    throw new CliFailure('differs', `the evidence is broken at line ${String(chain.broken.line)}: ${chain.broken.why}`);
  const line = nextLine(chain, bounded(entry));
  if (readLine(line) === undefined) throw new CliFailure('folder', 'the evidence holds no such entry');
  // An editor may have taken the last line break away.
  await appendFile(join(folder, EVIDENCE), `${text === '' || text.endsWith('\n') ? '' : '\n'}${line}\n`);
  return sha256(line);
}
