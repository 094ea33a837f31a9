import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { configFileIn } from '../config/load-config-file.js';
import { JSON_TEMPLATE, TYPESCRIPT_TEMPLATE } from '../config/template.js';
import { CliFailure } from '../failure.js';
import type { Terminal } from '../terminal.js';
import { textOf } from './arguments.js';
import type { Arguments, Command } from './command.js';

export const initCommand: Command = {
  name: 'init',
  summary: 'write a cloister.config that explains itself',
  options: {
    dir: { type: 'string', value: 'folder', default: '.', about: 'where to write it' },
    'json-config': { type: 'boolean', about: 'write cloister.config.json (no comments) instead of TypeScript' },
  },
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<void> {
  const folder = resolve(terminal.cwd, textOf(initCommand, args, 'dir'));
  const existing = await configFileIn(folder);
  if (existing !== undefined) throw new CliFailure('exists', `${existing} is there already; nothing was written`);
  const json = args['json-config'] === true;
  const file = join(folder, json ? 'cloister.config.json' : await typescriptName(folder));
  try {
    await writeFile(file, json ? JSON_TEMPLATE : TYPESCRIPT_TEMPLATE, { flag: 'wx' });
  } catch {
    throw new CliFailure('folder', `${file} cannot be written; does the folder exist?`);
  }
  terminal.print(`${file} is written. See your first secure field with: npx cloister dev`);
}

/** In a package that is not declared an ES module, only the `.mts` ending makes Node read `export default`. */
async function typescriptName(folder: string): Promise<string> {
  try {
    const manifest: unknown = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const isModule =
      typeof manifest === 'object' && manifest !== null && 'type' in manifest && manifest.type === 'module';
    return isModule ? 'cloister.config.ts' : 'cloister.config.mts';
  } catch {
    return 'cloister.config.ts';
  }
}
