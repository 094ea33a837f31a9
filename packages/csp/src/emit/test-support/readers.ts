import { runInNewContext } from 'node:vm';
import type { Header } from '../../needs/headers.js';

/** What a server with the emitted text answers for a path, asked for as `accept`: values by name in lower case. */
export type Ask = (path: string, accept?: string) => Promise<ReadonlyMap<string, string>>;

const answer = (headers: Iterable<Header>): ReadonlyMap<string, string> =>
  new Map([...headers].map(([name, value]) => [name.toLowerCase(), value]));

const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&');

/** A source as path-to-regexp reads it: letters before the group mean themselves. */
function matches(source: string, path: string): boolean {
  const group = source.indexOf('(');
  const stem = group < 0 ? source : source.slice(0, group);
  return new RegExp(`^${literal(stem)}${group < 0 ? '' : source.slice(group)}$`, 'u').test(path);
}

interface Entry {
  readonly source: string;
  readonly headers: readonly { readonly key: string; readonly value: string }[];
}

/** The last entry that fits wins. */
const byEntries = (entries: readonly Entry[], path: string): ReadonlyMap<string, string> =>
  answer(
    entries
      .filter(({ source }) => matches(source, path))
      .flatMap(({ headers }) => headers.map(({ key, value }): Header => [key, value])),
  );

/** The text of a module as a script, with stand-ins for what it imports; answers what the expression says in it. */
function evaluate(text: string, expression: string): unknown {
  const script = text
    .replaceAll(/^import .*$/gmu, '')
    .replace(/^export default /mu, 'const made = ')
    .replaceAll(/^export /gmu, '');
  return runInNewContext(`${script};${expression}`, {
    helmet: () => undefined,
    randomBytes: (size: number) => Buffer.from(crypto.getRandomValues(new Uint8Array(size))),
    NextResponse: { next: () => new Response(null) },
    HTMLRewriter: class {
      on(): this {
        return this;
      }
      transform(response: Response): Response {
        return response;
      }
    },
    ...{ btoa, crypto, Headers, Request, Response, URL },
  });
}

type Sink = (name: string, value: string) => void;
const collecting = (): { readonly got: Header[]; readonly add: Sink } => {
  const got: Header[] = [];
  return { got, add: (name, value) => got.push([name, value]) };
};

interface Asked {
  readonly accept: string | undefined;
}

type ExpressHandler = (
  request: { baseUrl: string; path: string; headers: Asked },
  response: { locals: object; setHeader: Sink },
  next: () => void,
) => void;

const express = (text: string): Ask => {
  const [, handler] = evaluate(text, 'cloisterHeaders') as readonly [unknown, ExpressHandler];
  return async (path, accept) => {
    const { got, add } = collecting();
    handler({ baseUrl: '', path, headers: { accept } }, { locals: {}, setHeader: add }, () => undefined);
    return answer(got);
  };
};

type FastifyHook = (request: { url: string; headers: Asked }, reply: { header: Sink }) => Promise<void>;

const fastify = (text: string): Ask => {
  const hooks: FastifyHook[] = [];
  const add = evaluate(text, 'addCloisterHeaders') as (app: object) => void;
  add({ decorateReply: () => undefined, addHook: (_: string, hook: FastifyHook) => hooks.push(hook) });
  return async (path, accept) => {
    const { got, add: header } = collecting();
    for (const hook of hooks) await hook({ url: `${path}?a=/*`, headers: { accept } }, { header });
    return answer(got);
  };
};

type HonoMiddleware = (
  c: { req: { path: string; header: () => string | undefined }; set: () => void; header: Sink },
  next: () => Promise<void>,
) => Promise<void>;

const hono = (text: string): Ask => {
  const middleware = evaluate(text, 'cloisterHeaders') as HonoMiddleware;
  return async (path, accept) => {
    const { got, add } = collecting();
    await middleware({ req: { path, header: () => accept }, set: () => undefined, header: add }, async () => undefined);
    return answer(got);
  };
};

type Proxy = (request: { nextUrl: { pathname: string }; headers: Headers }) => Response;

const next = (text: string): Ask => {
  if (text.includes('export function proxy')) {
    const proxy = evaluate(text, 'proxy') as Proxy;
    return async (path, accept = '') =>
      answer(proxy({ nextUrl: { pathname: path }, headers: new Headers({ accept }) }).headers);
  }
  const config = evaluate(text, 'made') as { headers(): Promise<readonly Entry[]> };
  return async (path) => byEntries(await config.headers(), path);
};

interface Worker {
  fetch(request: Request, env: { ASSETS: { fetch: () => Promise<Response> } }): Promise<Response>;
}

const worker = (text: string): Ask => {
  const made = evaluate(text, 'made') as Worker;
  return async (path, accept = '') => {
    const env = { ASSETS: { fetch: async () => new Response(null, { headers: { etag: '"kept"' } }) } };
    const request = new Request(`https://shop.example${path}`, { headers: { accept, 'if-none-match': '"kept"' } });
    return answer((await made.fetch(request, env)).headers);
  };
};

/** Lines of a `_headers` file: a path at the margin, its headers behind white space. `!` takes away what wider rules gave. */
const headersFile = (text: string): Ask => {
  const rules: { readonly path: string; readonly lines: string[] }[] = [];
  for (const line of text.split('\n').filter((each) => each !== '' && !each.trimStart().startsWith('#')))
    if (line.startsWith('/')) rules.push({ path: line, lines: [] });
    else rules.at(-1)?.lines.push(line.trim());
  const fits = (rule: string, path: string): boolean =>
    rule.endsWith('*') ? path.startsWith(rule.slice(0, -1)) : path === rule;
  return async (path) => {
    const got = new Map<string, string>();
    for (const line of rules.filter((rule) => fits(rule.path, path)).flatMap(({ lines }) => lines)) {
      if (line.startsWith('! ')) got.delete(line.slice(2).toLowerCase());
      else got.set(line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim());
    }
    return got;
  };
};

/** As much of TOML as is written: tables of strings. */
const toml = (text: string): Ask => {
  const lines = text.split('\n').flatMap((line) => {
    const [key = '', ...rest] = line.trim().split(' = ');
    if (rest.length === 0) return [];
    const value = String(JSON.parse(rest.join(' = ')));
    return key === 'for' ? [value] : [`  ${key}: ${value}`];
  });
  return headersFile(lines.join('\n'));
};

const vercel = (text: string): Ask => {
  const { headers } = JSON.parse(text) as { readonly headers: readonly Entry[] };
  return async (path) => {
    const fitting = headers.filter(({ source }) => matches(source, path));
    if (fitting.length > 1) throw new Error(`${path} has ${String(fitting.length)} sources`);
    return byEntries(fitting, path);
  };
};

/** By the emitter's id, those whose language can be read here; nginx, Apache and Caddy are read by the programs themselves. */
export const READERS: Readonly<Record<string, (text: string) => Ask>> = {
  express,
  fastify,
  hono,
  next,
  vercel,
  'cloudflare-worker': worker,
  'cloudflare-pages': headersFile,
  netlify: headersFile,
  'netlify-toml': toml,
};
