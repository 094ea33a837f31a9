import { resolve } from 'node:path';
import { loadConfigFile } from '../config/load-config-file.js';
import { devConfig, type DevConfig } from '../dev/dev-config.js';
import { startDevServer } from '../dev/dev-server.js';
import { SESSION_PATH } from '../dev/session-endpoint.js';
import { reportsAddress, startServices } from '../services.js';
import { stopped, type Terminal } from '../terminal.js';
import { parsePort, textOf } from './arguments.js';
import type { Arguments, Command } from './command.js';

const DEFAULT_PORT = '4200';

export const devCommand: Command = {
  name: 'dev',
  summary: 'run vault, frames and a session endpoint on this machine, for development',
  options: {
    config: { type: 'string', value: 'file', default: '.', about: 'the configuration, or its folder' },
    data: {
      type: 'string',
      value: 'folder',
      default: '.cloister',
      about: 'where the vault keeps its database and key',
    },
    port: {
      type: 'string',
      value: 'N',
      about: `port of the playground and the session endpoint (default ${DEFAULT_PORT}); when given, frames and vault use the next two`,
    },
    json: { type: 'boolean', about: 'print the URLs as one line of JSON' },
  },
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<void> {
  const { config: loaded } = await loadConfigFile(resolve(terminal.cwd, textOf(devCommand, args, 'config')));
  const port = parsePort(typeof args['port'] === 'string' ? args['port'] : DEFAULT_PORT);
  const dev = devConfig(loaded, port, args['port'] !== undefined);
  const data = resolve(terminal.cwd, textOf(devCommand, args, 'data'));
  const refused = (lines: readonly string[]): void => {
    for (const line of lines) terminal.note(line);
  };
  const services = await startServices({ config: dev.config, data, account: 'cloister-dev', refused });
  try {
    const server = await startDevServer({ ...dev, port, folder: terminal.cwd, vault: services.vault });
    announce(dev, args['json'] === true, terminal);
    await stopped(terminal);
    await server.close();
  } finally {
    await services.close();
  }
}

function announce({ config, playground }: DevConfig, json: boolean, terminal: Terminal): void {
  const reports = reportsAddress(config);
  const urls = {
    playground,
    session: playground + SESSION_PATH,
    elements: config.elements,
    vault: config.vault,
    ...(reports === undefined ? {} : { reports }),
  };
  terminal.note('DEVELOPMENT ONLY: sessions are given to every page of the configured hosts; type no real card.');
  if (json) {
    terminal.print(JSON.stringify(urls));
    return;
  }
  for (const [name, url] of Object.entries(urls)) terminal.print(`${name.padEnd(11)}${url}`);
  terminal.print(`Pages that may embed: ${config.hosts.join(', ')}`);
  terminal.print('Ctrl-C stops.');
}
