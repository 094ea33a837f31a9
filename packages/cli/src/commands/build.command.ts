import { resolve } from 'node:path';
import { buildSite, writeSite } from '@cloister/elements';
import { loadConfigFile } from '../config/load-config-file.js';
import type { Terminal } from '../terminal.js';
import { textOf } from './arguments.js';
import type { Arguments, Command } from './command.js';

export const buildCommand: Command = {
  name: 'build',
  summary: 'write the elements origin as files for a static host, with the exact headers of each',
  options: {
    config: { type: 'string', value: 'file', default: '.', about: 'the configuration, or its folder' },
    out: { type: 'string', value: 'folder', default: 'dist-elements', about: 'where to write' },
    json: { type: 'boolean', about: 'print what was built as one line of JSON' },
  },
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<void> {
  const { config } = await loadConfigFile(resolve(terminal.cwd, textOf(buildCommand, args, 'config')));
  const out = resolve(terminal.cwd, textOf(buildCommand, args, 'out'));
  const site = await buildSite(config);
  await writeSite(site, out);
  if (args['json'] === true) {
    terminal.print(JSON.stringify({ out, build: site.build, files: [...site.files.keys()] }));
    return;
  }
  terminal.print(`${String(site.files.size)} files of build ${site.build} are in ${out}.`);
  terminal.print(`Serve them at ${config.elements}, each with the headers that headers.json lists for it.`);
}
