import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ScriptKind } from '@cloister/csp';

/** One way for a script to get into a page: its kind, and its text, which says its own name. */
export interface Injection {
  readonly kind: ScriptKind;
  readonly text: string;
  /** Where it is served, for what comes as a file. */
  readonly path?: string;
}

export const says = (name: string): string => `globalThis.mark_${name} = 1`;
const file = (kind: ScriptKind, name: string, text = says(name)): Injection => ({ kind, text, path: `/${name}.js` });
const text = (kind: ScriptKind, name: string, whole = says(name)): Injection => ({ kind, text: whole });

/** 31 ways, by name. */
export const INJECTIONS = {
  external: file('external', 'external'),
  async: file('external', 'async'),
  defer: file('external', 'defer'),
  inline: text('inline', 'inline'),
  inlineModule: text('module', 'inlineModule', `import '/imported.js'; ${says('inlineModule')}`),
  module: file('module', 'module'),
  imported: file('module', 'imported'),
  dynamicImport: file('module', 'dynamicImport'),
  injectedFile: file('injected', 'injectedFile'),
  injectedText: text('injected', 'injectedText'),
  written: text('injected', 'written'),
  handler: text('handler', 'handler'),
  handlerThatNeverRan: text('handler', 'handlerThatNeverRan'),
  javascriptAddress: text('javascript-url', 'javascriptAddress', `void(${says('javascriptAddress')})`),
  eval: text('eval', 'eval'),
  newFunction: text('eval', 'newFunction', `(function anonymous(\n) {\n${says('newFunction')}\n})`),
  timer: text('eval', 'timer'),
  worker: file(
    'worker',
    'worker',
    `importScripts('/importedByWorker.js'); ${says('worker')}; setTimeout(() => {}, 1e6)`,
  ),
  importedByWorker: file('worker', 'importedByWorker'),
  sharedWorker: file('worker', 'sharedWorker', `onconnect = () => {}; ${says('sharedWorker')}`),
  serviceWorker: file('worker', 'serviceWorker'),
  blob: text('injected', 'blob'),
  data: text('injected', 'data'),
  frameDocument: text('inline', 'frameDocument'),
  jsonp: file('injected', 'jsonp', 'answered(1)'),
  sameOriginFrame: text('inline', 'sameOriginFrame'),
  drawing: text('inline', 'drawing'),
  frameThatLeft: text(
    'inline',
    'frameThatLeft',
    `${says('frameThatLeft')}; location.href = '//stranger.localhost:' + parent.location.port + '/stranger.html'`,
  ),
  deepHandler: text('handler', 'deepHandler'),
  shadowHandler: text('handler', 'shadowHandler'),
  closedAddress: text('javascript-url', 'closedAddress'),
} as const satisfies Readonly<Record<string, Injection>>;

const I = INJECTIONS;
const quoted = (name: keyof typeof INJECTIONS): string => JSON.stringify(I[name].text);
const put = (properties: string): string =>
  `document.head.append(Object.assign(document.createElement('script'), { ${properties} }));`;
const blob = (code: string): string => `URL.createObjectURL(new Blob([${code}], { type: 'text/javascript' }))`;

/** What makes the others that are not in the markup; it runs as well. */
export const MAKER = `
globalThis.answered = () => {};
${put(`src: '/injectedFile.js'`)}
${put(`text: ${quoted('injectedText')}`)}
document.write('<script>' + ${quoted('written')} + '<\\/script>');
document.querySelector('a').click();
eval(${quoted('eval')});
new Function(${JSON.stringify(says('newFunction'))})();
setTimeout(${quoted('timer')}, 0);
import('/dynamicImport.js');
new Worker('/worker.js');
globalThis.shared = new SharedWorker('/sharedWorker.js');
navigator.serviceWorker.register('/serviceWorker.js');
${put(`src: ${blob(quoted('blob'))}`)}
${put(`src: 'data:text/javascript,' + encodeURIComponent(${quoted('data')})`)}
${put(`src: '/jsonp.js?callback=answered&' + Math.random()`)}
`;

const page = (stranger: string): string => `<!doctype html><html lang="en"><head><title>Injections</title>
<script src="/external.js?visitor=1"></script><script async src="/async.js"></script><script defer src="/defer.js"></script>
<script>${I.inline.text}</script>
<script type="module">${I.inlineModule.text}</script><script type="module" src="/module.js"></script>
<script type="application/json">{ "no": "script" }</script><script type="text/template">${says('noScript')}</script>
</head><body>
<img alt="" src="x:" onerror="${I.handler.text}"><button onclick="${I.handlerThatNeverRan.text}" online="${says('noHandler')}">Pay</button>
<a href="javascript:${I.javascriptAddress.text}">code</a><svg><script>${I.drawing.text}</script></svg>
<iframe title="document" srcdoc="<script>${I.frameDocument.text}</script>"></iframe><iframe title="own" src="/frame.html"></iframe>
<iframe title="stranger" src="${stranger}/stranger.html"></iframe>
<iframe title="leaves" srcdoc="<script>${I.frameThatLeft.text}</script>"></iframe>
${'<div>'.repeat(400)}<div><template shadowrootmode="open"><button onclick="${I.deepHandler.text}">Pay</button></template></div>${'</div>'.repeat(400)}
<div><template shadowrootmode="open"><button onclick="${I.shadowHandler.text}">Pay</button></template></div>
<div><template shadowrootmode="closed"><a href="&#1; javascript:${I.closedAddress.text}">Pay</a></template></div>
<!-- <script>${says('comment')}</script> --><noscript><script>${says('noscript')}</script></noscript>
<script>${MAKER}</script></body></html>`;

/** What passes for the shop's own file, and what to stop a watcher with. */
export const DISGUISED = `globalThis.skimmer = 1 //# sourceURL=/external.js`;
const HOSTILE = `debugger; eval(${JSON.stringify(DISGUISED)}); setInterval('debugger', 5);`;

/** A module of WebAssembly that does nothing, and is none the less code. */
export const WASM = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 4, 1, 2, 0, 11] as const;
const ELSEWHERE = `location.href = '//stranger.localhost:' + location.port + '/stranger.html'`;

const PAGES: Readonly<Record<string, string>> = {
  '/frame.html': `<script>${I.sameOriginFrame.text}</script>`,
  '/small.html': `<script src="/external.js"></script><script>${I.inline.text}</script>`,
  '/hostile.html': `<script>${HOSTILE}</script>`,
  '/wasm.html': `<script>WebAssembly.instantiate(Uint8Array.from(${JSON.stringify(WASM)}))</script>`,
  '/busy.html': `<script>addEventListener('load', () => setTimeout(() => { for (;;); }, 50))</script>`,
  '/leaves.html': `<script>${says('before')}; setTimeout(() => { ${ELSEWHERE} }, 200)</script>`,
  '/stranger.html': `<script>${says('stranger')}</script>`,
};

/** The page, and a frame of another site in it, whose scripts are none of the page's. */
export async function startInventoryPage(): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const files = new Map<string, string>(
    Object.values<Injection>(I).flatMap((one) => (one.path === undefined ? [] : [[one.path, one.text] as const])),
  );
  const answer = ({ url = '/', headers: { host = '' } }: IncomingMessage, response: ServerResponse): void => {
    const [path = '/'] = url.split('?');
    const send = (type: string, body: string): void => {
      response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(body);
    };
    const script = files.get(path);
    const html = path === '/' ? page(`http://stranger.localhost:${host.split(':')[1] ?? ''}`) : PAGES[path];
    if (script !== undefined) send('text/javascript', script);
    else if (html !== undefined) send('text/html', html);
    else response.writeHead(404).end('nothing here');
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://shop.localhost:${String(port)}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
