import type { CloisterConfig } from '@cloister/protocol';
import { CliFailure } from '../failure.js';
import { isLoopbackOrigin, withPort } from '../net/loopback.js';

/** The configuration that `cloister dev` runs, and where its own page is. */
export interface DevConfig {
  readonly config: CloisterConfig;
  readonly playground: string;
}

/**
 * Makes a development configuration: the playground's origin may embed, and with an explicit port the frames and the
 * vault move to the two ports after it.
 *
 * @throws CliFailure `loopback` when an origin is not this machine's: an endpoint that gives out sessions to anybody who
 * asks must never stand beside real values.
 */
export function devConfig(config: CloisterConfig, port: number, movesAll: boolean): DevConfig {
  refuseForeign(config);
  const playground = `http://shop.localhost:${String(port)}`;
  const moved = movesAll
    ? { ...config, elements: withPort(config.elements, port + 1), vault: withPort(config.vault, port + 2) }
    : config;
  const hosts = moved.hosts.includes(playground) ? moved.hosts : [...moved.hosts, playground];
  return { config: { ...moved, hosts }, playground };
}

function refuseForeign({ hosts, elements, vault }: CloisterConfig): void {
  for (const origin of [...hosts, elements, vault]) {
    if (!isLoopbackOrigin(origin))
      throw new CliFailure(
        'loopback',
        `cloister dev gives sessions to whoever asks, so it runs for loopback origins only, and ${origin} is none; ` +
          'name a development configuration with --config',
      );
  }
  for (const origin of [elements, vault]) {
    if (!origin.startsWith('http://'))
      throw new CliFailure('loopback', `cloister dev serves plain http on loopback; write ${origin} with http://`);
  }
}
