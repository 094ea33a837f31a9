import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { CloisterConfig } from '@cloister/protocol';
import type { FrameConfig } from '../connection/frame-config.js';
import { BRIEFLY, documentHeaders, documentPolicy, FOR_GOOD, NOT_KEPT, scriptHeaders } from './headers.js';
import { ROLES, type DocumentRole } from './roles.js';

/** One file of the elements origin, with exactly the headers that it must be served with. */
export interface SiteFile {
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** The elements origin as a whole: paths like `/collect.html` to files. */
export interface Site {
  /** Hash of code and configuration; bridge and frames compare it. */
  readonly build: string;
  readonly files: ReadonlyMap<string, SiteFile>;
}

/** The identifier that a frame script holds in place of its configuration; exactly once. */
const CONFIG_SLOT = '__CLOISTER_CONFIG__';

/** Where the built frame scripts lie, next to this module in the published package. */
const FRAMES = new URL('./frames/', import.meta.url);

const readScript = (name: string): Promise<string> => readFile(new URL(`${name}.js`, FRAMES), 'utf8');

const integrityOf = (text: string): string => `sha384-${createHash('sha384').update(text).digest('base64')}`;

/** `<` cannot end the script element early, and U+2028/9 end no line, whatever a name in the configuration holds. */
const asScript = (value: unknown): string =>
  JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');

function withConfig(script: string, config: FrameConfig): string {
  const [before, after, ...more] = script.split(CONFIG_SLOT);
  if (before === undefined || after === undefined || more.length > 0)
    throw new TypeError('a frame script must hold the configuration slot exactly once');
  return `${before}(${asScript(config)})${after}`;
}

/** Nothing in an inline script may end it early or hide its end (HTML §13.1.1.2); ours have no such text, and never will. */
const UNQUOTABLE = /<\/script|<!--/iu;

/**
 * A document with its policy and its script in it: one request, and no second one that waits for the first. The script runs when
 * the body is there. The policy names it by its hash, so nothing in it can end the attribute that it stands in.
 */
function documentOf(script: string, policy: string): string {
  if (UNQUOTABLE.test(script)) throw new TypeError('a frame script must not hold the end of its own element');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Cloister</title>
</head>
<body><script>${script}</script></body>
</html>
`;
}

const ROLE_NAMES = Object.keys(ROLES) as readonly DocumentRole[];

/** Reads each role's script once; the sanitiser comes with the collect document. */
async function readScripts(config: CloisterConfig): Promise<ReadonlyMap<string, string>> {
  const names = [...ROLE_NAMES.map((role) => ROLES[role].script(config)), 'purify'];
  return new Map(await Promise.all(names.map(async (name) => [name, await readScript(name)] as const)));
}

function buildIdOf(config: CloisterConfig, scripts: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256').update(JSON.stringify(config));
  for (const [name, script] of scripts) hash.update(`\0${name}\0${script}`);
  return hash.digest('base64url').slice(0, 16);
}

/**
 * Builds the elements origin from a configuration: a document a role, with its script and the part of the configuration that
 * it needs written into it. Same input, same bytes.
 *
 * Each document stands at two addresses: `/collect.html` is what a page asks for first, and may be a few minutes old;
 * `/b/<build>/collect.html` never changes, so a page that met a build can have its other frames from the same one.
 *
 * Security: `frame-ancestors` and the frames' own list of hosts come from the same configuration; scripts run by hash, whatever
 * headers the host of the files sends or forgets.
 */
export async function buildSite(config: CloisterConfig): Promise<Site> {
  const scripts = await readScripts(config);
  const build = buildIdOf(config, scripts);
  const purify = scripts.get('purify') ?? '';
  const purifyPath = `/b/${build}/purify.js`;
  const all: FrameConfig = {
    build,
    hosts: config.hosts,
    elements: config.elements,
    vault: config.vault,
    collections: config.collections,
    copy: config.copy,
    purify: { src: purifyPath, integrity: integrityOf(purify) },
  };
  const files = new Map<string, SiteFile>();
  const add = (path: string, text: string, headers: SiteFile['headers']): void => {
    files.set(path, { body: new TextEncoder().encode(text), headers });
  };
  add(purifyPath, purify, scriptHeaders(config));
  for (const role of ROLE_NAMES) {
    const rule = ROLES[role];
    const script = withConfig(scripts.get(rule.script(config)) ?? '', rule.config(config, all));
    const hashes = { own: integrityOf(script), sanitiser: all.purify.integrity };
    const text = documentOf(script, documentPolicy(config, rule, hashes));
    const headers = documentHeaders(config, rule, hashes);
    add(`/${role}.html`, text, { ...headers, ...BRIEFLY });
    add(`/b/${build}/${role}.html`, text, { ...headers, ...FOR_GOOD });
  }
  return { build, files };
}

/** The same site for a server that knows no build but this one: what was kept from an earlier start is asked for again. */
export function withoutKeeping(site: Site): Site {
  const files = [...site.files].map(
    ([path, file]) =>
      [path, path.startsWith('/b/') ? file : { ...file, headers: { ...file.headers, ...NOT_KEPT } }] as const,
  );
  return { ...site, files: new Map(files) };
}
