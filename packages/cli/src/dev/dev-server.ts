import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { listen, type Listening } from '../net/listen.js';
import { LOOPBACK } from '../net/loopback.js';
import type { VaultAccess } from '../services.js';
import type { DevConfig } from './dev-config.js';
import { mintSession } from './mint-session.js';
import { playgroundFiles, playgroundPolicy, type PageFile } from './playground.js';
import { SESSION_PATH, sessionEndpoint } from './session-endpoint.js';

/** What the development server stands on. */
export interface DevServerOptions extends DevConfig {
  readonly port: number;
  readonly folder: string;
  readonly vault: VaultAccess | undefined;
}

/**
 * Serves the playground and the development session endpoint on 127.0.0.1; the address is not an option.
 *
 * @throws CliFailure `port`
 */
export async function startDevServer(options: DevServerOptions): Promise<Listening> {
  const { config, port, vault } = options;
  const hostNames = new Set(['shop.localhost', 'localhost', LOOPBACK].map((host) => `${host}:${String(port)}`));
  const session = sessionEndpoint({
    config,
    hostNames,
    mint: async (request) => (vault === undefined ? undefined : mintSession(vault, request)),
  });
  const page = pageHandler(await playgroundFiles(config, options.folder), hostNames, playgroundPolicy(config));
  return listen(
    (request, response) => {
      if (request.url !== SESSION_PATH) {
        page(request, response);
        return;
      }
      session(request, response).catch(() => {
        response.destroy();
      });
    },
    { host: LOOPBACK, port },
  );
}

function pageHandler(
  files: ReadonlyMap<string, PageFile>,
  hostNames: ReadonlySet<string>,
  policy: string,
): RequestListener {
  return (request: IncomingMessage, response: ServerResponse) => {
    const file = hostNames.has(request.headers.host ?? '') ? files.get(request.url ?? '') : undefined;
    if (file === undefined || request.method !== 'GET') {
      response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('not found');
      return;
    }
    response
      .writeHead(200, {
        'Content-Type': `${file.type}; charset=utf-8`,
        'Content-Security-Policy': policy,
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
      })
      .end(file.body);
  };
}
