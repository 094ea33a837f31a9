import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What `npm start --` was given. */
export interface StartOptions {
  readonly port: number;
  readonly data: string;
  readonly json: boolean;
  readonly once: boolean;
  readonly headed: boolean;
  readonly coep: boolean;
  readonly behind?: string;
  readonly help: boolean;
}

export const HELP = `npm start -- [options]
  --port N     first of three ports: shop N, elements N+1, vault N+2 (default 4100; 0 takes free ones)
  --data DIR   where the vault's database, its key and the shop's cards are kept (default ./data/shop)
  --json       print the URLs as one line of JSON
  --once       drive a browser through the shop, print what happened as JSON, and end
  --headed     show that browser
  --coep       serve the shop with Cross-Origin-Embedder-Policy: require-corp
  --behind O   the shop's origin, when another server stands before it and keeps the Host header
  --help       show this`;

/** Reads the command line. @throws TypeError or RangeError that says what is wrong. */
export function startOptions(words: readonly string[]): StartOptions {
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: [...words],
    options: {
      port: { type: 'string', default: '4100' },
      data: { type: 'string', default: 'data/shop' },
      json: flag,
      once: flag,
      headed: flag,
      coep: flag,
      behind: { type: 'string' },
      help: flag,
    },
  });
  const port = Number(values.port);
  if (values.port.trim() === '' || !Number.isInteger(port) || port < 0 || port > 65_533)
    throw new RangeError('--port takes a number from 0 to 65533');
  const { behind } = values;
  if (behind !== undefined && !(URL.canParse(behind) && new URL(behind).origin === behind))
    throw new TypeError('--behind takes an origin, such as http://shop.localhost:8080');
  return { ...values, ...(behind === undefined ? {} : { behind }), port, data: resolve(values.data) };
}
