import { resolve } from 'node:path';
import { buildSite, writeSite } from '@cloister/elements';
import { loadConfigFile } from '../config/load-config-file.js';
import { writeManifest } from '../release/write-manifest.js';
import type { Terminal } from '../terminal.js';
import { parseSerial, textOf } from './arguments.js';
import type { Arguments, Command } from './command.js';

export const buildCommand: Command = {
  name: 'build',
  summary: 'write the elements origin as files for a static host, with the exact headers of each',
  options: {
    config: { type: 'string', value: 'file', default: '.', about: 'the configuration, or its folder' },
    out: { type: 'string', value: 'folder', default: 'dist-elements', about: 'where to write' },
    serial: { type: 'string', value: 'N', default: '0', about: 'number of this release; larger than the last one' },
    key: {
      type: 'string',
      value: 'file',
      about: 'sign the manifest with this private key (PEM; or in CLOISTER_RELEASE_KEY)',
    },
    json: { type: 'boolean', about: 'print what was built as one line of JSON' },
  },
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<void> {
  const { config } = await loadConfigFile(resolve(terminal.cwd, textOf(buildCommand, args, 'config')));
  const serial = parseSerial(textOf(buildCommand, args, 'serial'));
  const out = resolve(terminal.cwd, textOf(buildCommand, args, 'out'));
  const site = await buildSite(config);
  await writeSite(site, out);
  const keyFile = typeof args['key'] === 'string' ? args['key'] : undefined;
  const release = { folder: out, elements: config.elements, serial, keyFile };
  const signer = await writeManifest(site, release, terminal);
  if (args['json'] === true) {
    terminal.print(JSON.stringify({ out, build: site.build, files: [...site.files.keys()], signer: signer ?? null }));
    return;
  }
  terminal.print(`${String(site.files.size)} files of build ${site.build} are in ${out}.`);
  terminal.print(`Serve them at ${config.elements}, each with the headers that headers.json lists for it.`);
  const by = signer === undefined ? 'It is not signed (see --key)' : `It is signed by key ${signer}`;
  terminal.print(`release-manifest.json says what they are. ${by}.`);
}
