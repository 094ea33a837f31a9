import { resolve } from 'node:path';
import { siteHandler } from '@cloister/elements';
import { listen } from '../net/listen.js';
import { LOOPBACK } from '../net/loopback.js';
import { readBuiltSite } from '../serve/read-built-site.js';
import { stopped, type Terminal } from '../terminal.js';
import { parsePort, textOf } from './arguments.js';
import type { Arguments, Command } from './command.js';

export const serveCommand: Command = {
  name: 'serve',
  summary: 'serve a built elements folder with exactly its headers',
  options: {
    dir: { type: 'string', value: 'folder', default: 'dist-elements', about: 'what cloister build wrote' },
    port: { type: 'string', value: 'N', default: '4201', about: 'port' },
    host: { type: 'string', value: 'address', default: LOOPBACK, about: 'address to listen on' },
    json: { type: 'boolean', about: 'print the address as one line of JSON' },
  },
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<void> {
  const site = await readBuiltSite(resolve(terminal.cwd, textOf(serveCommand, args, 'dir')));
  const host = textOf(serveCommand, args, 'host');
  const server = await listen(siteHandler(site), { host, port: parsePort(textOf(serveCommand, args, 'port')) });
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${String(server.port)}`;
  terminal.print(args['json'] === true ? JSON.stringify({ url }) : `${String(site.files.size)} files at ${url}`);
  await stopped(terminal);
  await server.close();
}
