import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ReleaseManifest } from '@cloister/elements';
import { CliFailure } from '../failure.js';
import { describeDifference, type Difference } from '../release/difference.js';
import { readPublicKey } from '../release/signature.js';
import { trustedManifest, type Trusted } from '../release/trusted-manifest.js';
import { verifySite } from '../release/verify-site.js';
import type { Terminal } from '../terminal.js';
import { parseSerial, textOf } from './arguments.js';
import type { Arguments, Command } from './command.js';

export const verifyServedCommand: Command = {
  name: 'verify-served',
  summary: 'compare a live elements origin with its signed manifest, byte by byte and header by header',
  operand: { name: 'url', about: 'the elements origin, as browsers reach it' },
  options: {
    manifest: { type: 'string', value: 'file', default: 'release-manifest.json', about: 'what cloister build wrote' },
    key: { type: 'string', value: 'file', about: 'the public key that you pinned (PEM)' },
    unsigned: {
      type: 'boolean',
      about: 'believe a manifest that is not signed: it proves what was built, not by whom',
    },
    serial: { type: 'string', value: 'N', default: '0', about: 'refuse a manifest with a smaller serial' },
    bridge: { type: 'string', value: 'url', about: 'compare the loader at this address too' },
    json: { type: 'boolean', about: 'print the report as one line of JSON' },
  },
  run,
};

async function run(args: Arguments, terminal: Terminal): Promise<void> {
  const origin = readOrigin(textOf(verifyServedCommand, args, 'url'));
  const bridge = typeof args['bridge'] === 'string' ? readUrl(args['bridge']) : undefined;
  const trusted = await readTrusted(args, terminal.cwd);
  const differences = trusted.ok ? await verifySite(trusted.manifest, { origin, bridge }) : [trusted.reason];
  report(args['json'] === true, { origin, trusted, differences }, terminal);
  if (differences.length > 0) throw new CliFailure('differs', `${origin.origin} is not what was released`);
}

async function readTrusted(args: Arguments, cwd: string): Promise<Trusted> {
  const file = resolve(cwd, textOf(verifyServedCommand, args, 'manifest'));
  const serial = parseSerial(textOf(verifyServedCommand, args, 'serial'));
  const key = typeof args['key'] === 'string' ? await readKey(resolve(cwd, args['key'])) : undefined;
  if ((key === undefined) === (args['unsigned'] !== true))
    throw new CliFailure('usage', 'pin a public key with --key, or say --unsigned');
  return trustedManifest(file, { key, serial });
}

async function readKey(file: string): Promise<ReturnType<typeof readPublicKey>> {
  let pem: string;
  try {
    pem = await readFile(file, 'utf8');
  } catch {
    throw new CliFailure('key', `${file} cannot be read`);
  }
  return readPublicKey(pem);
}

function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    throw new CliFailure('usage', `"${text.slice(0, 80)}" is no http address`);
  return url;
}

function readOrigin(text: string): URL {
  const url = readUrl(text);
  if (url.href !== `${url.origin}/`)
    throw new CliFailure('usage', 'an origin has no path and no credentials: https://elements.shop.example');
  return url;
}

interface Report {
  readonly origin: URL;
  readonly trusted: Trusted;
  readonly differences: readonly Difference[];
}

function report(json: boolean, { origin, trusted, differences }: Report, terminal: Terminal): void {
  if (json) {
    const manifest = trusted.ok ? summaryOf(trusted.manifest) : null;
    terminal.print(JSON.stringify({ url: origin.origin, manifest, differences }));
    return;
  }
  for (const difference of differences) terminal.print(describeDifference(difference));
  if (!trusted.ok) return;
  const { build, serial, elements, files } = summaryOf(trusted.manifest);
  if (origin.origin !== elements) terminal.note(`note: the manifest was made for ${elements}`);
  const found = `${String(differences.length)} difference${differences.length === 1 ? '' : 's'}`;
  terminal.print(`${String(files)} files of build ${build}, serial ${String(serial)}: ${found}`);
}

function summaryOf({ build, serial, version, elements, files }: ReleaseManifest): {
  readonly [K in 'build' | 'serial' | 'version' | 'elements']: ReleaseManifest[K];
} & { readonly files: number } {
  return { build, serial, version, elements, files: Object.keys(files).length };
}
