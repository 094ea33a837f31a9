import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { CliFailure } from '../../failure.js';
import type { Terminal } from '../../terminal.js';

/** The text of a file, or of standard input where its name is `-`. @throws CliFailure `usage` */
export async function readText(name: string, terminal: Terminal): Promise<string> {
  if (name === '-') return text(process.stdin);
  try {
    return await readFile(resolve(terminal.cwd, name), 'utf8');
  } catch {
    throw new CliFailure('usage', `cannot read ${name.slice(0, 200)}: name a file, or - for standard input`);
  }
}
