import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { Destination, Load } from '../../../packages/csp/src/index.js';
import type { Action, Call } from './in-page.js';
import { LIBRARY } from './oracle-server.js';

/** Something that a page tries: what our semantics call it, and how a real page does it. */
export interface Trial {
  /** Judged one after the other; what comes after a refusal does not happen. */
  readonly loads: readonly Load[];
  readonly action: Action;
  /** What the served document has for it, given the attempt's `id`. */
  readonly markup?: (id: string) => string;
  /** How one knows that it came through: the server was asked, or the page saw it. */
  readonly proof: 'arrived' | 'came';
  /** For people. */
  readonly title: string;
}

/** A trial before its number is known, which addresses have in their query. */
export type TrialOf = (attempt: number, run: string, origin: string) => Trial;

const HOSTS = ['shop.test', 'a.test', 'a.test', 'a.test', 'b.a.test', 'c.test'] as const;
const PORTS = ['', '', '', '8080', '8443', '80', '443'] as const;
const FOLDERS = ['x', 'y', 'x/z', 'X'] as const;

export const NONCES = ['abc', 'bGlr', 'ABC'] as const;
/** Texts that stand in documents; they say which element they are of by themselves. */
export const TEXTS = {
  script: 'through(document.currentScript.id)',
  'script-attribute': 'through(this.id)',
  style: '.probe { --styled: 1 }',
  'style-attribute': '--styled: 1',
  /** CSP3 §4.2.4: the whole address, and not only its code. */
  'javascript-url': 'javascript:through()',
} as const;

const ALGORITHMS = ['sha256', 'sha384', 'sha512'] as const;
export const hashesOf = (text: string): readonly string[] =>
  ALGORITHMS.map((algorithm) => `${algorithm}-${createHash(algorithm).update(text).digest('base64')}`);
export const LIBRARY_HASHES = hashesOf(LIBRARY);

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
const attributesOf = (attributes: Readonly<Record<string, string | undefined>>): string =>
  Object.entries(attributes)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escaped(value)}"`))
    .join('');

/** Where something is: in clear or by TLS, as the document; which name, port and folder. */
interface Place {
  readonly secure: boolean;
  readonly host: (typeof HOSTS)[number];
  readonly port: (typeof PORTS)[number];
  readonly folder: (typeof FOLDERS)[number];
}
const place: fc.Arbitrary<Place> = fc.record({
  secure: fc.boolean(),
  host: fc.constantFrom(...HOSTS),
  port: fc.constantFrom(...PORTS),
  folder: fc.constantFrom(...FOLDERS),
});

/** Documents by TLS may not ask in clear, whatever their policy says (mixed content). */
function addressOf(at: Place, kind: { readonly origin: string; readonly socket?: boolean }): string {
  const secure = at.secure || kind.origin.startsWith('https:');
  const scheme = kind.socket === true ? 'ws' : 'http';
  const port = at.port === '' ? '' : `:${at.port}`;
  // A usual port is not said: what the browser is given is what it tells.
  return new URL(`${scheme}${secure ? 's' : ''}://${at.host}${port}/${at.folder}/`).href;
}

interface Route {
  readonly first: Place;
  readonly then: readonly Place[];
}
const route: fc.Arbitrary<Route> = fc.record({
  first: place,
  then: fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(place, { minLength: 1, maxLength: 2 }) },
  ),
});

/** The addresses of a route in turn, the last of which serves the file; the server redirects from each to the next. */
function addressesOf(
  { first, then }: Route,
  file: string,
  at: { attempt: number; run: string; origin: string },
): readonly string[] {
  const query = `run=${at.run}&n=${String(at.attempt)}`;
  const places = [first, ...then].map((each) => addressOf(each, at));
  const last = places.length - 1;
  return places.reduceRight<readonly string[]>((after, folder, index) => {
    const to = after[0];
    const address =
      index === last || to === undefined
        ? `${folder}${file}?${query}`
        : `${folder}${file}?to=${encodeURIComponent(to)}&${query}`;
    return [address, ...after];
  }, []);
}

const fetchOf = (
  destination: Destination,
  addresses: readonly string[],
  rest: Partial<Extract<Load, { type: 'fetch' }>> = {},
): Load => {
  const [url = '', ...redirects] = addresses;
  return { type: 'fetch', destination, url, ...(redirects.length > 0 ? { redirects } : {}), ...rest };
};

interface ElementKind {
  readonly destination: Destination;
  readonly file: string;
  readonly markup: (url: string) => string;
}
const ELEMENTS: readonly ElementKind[] = [
  { destination: 'image', file: 'pic.svg', markup: (url) => `<img${attributesOf({ src: url })}>` },
  { destination: 'image', file: 'pic.svg', markup: (url) => `<input${attributesOf({ type: 'image', src: url })}>` },
  {
    destination: 'media',
    file: 'clip.mp4',
    markup: (url) => `<video${attributesOf({ preload: 'auto', src: url })}></video>`,
  },
  {
    destination: 'media',
    file: 'clip.mp3',
    markup: (url) => `<audio${attributesOf({ preload: 'auto', src: url })}></audio>`,
  },
  { destination: 'object', file: 'page.html', markup: (url) => `<object${attributesOf({ data: url })}></object>` },
  { destination: 'object', file: 'page.html', markup: (url) => `<embed${attributesOf({ src: url })}>` },
  { destination: 'frame', file: 'page.html', markup: (url) => `<iframe${attributesOf({ src: url })}></iframe>` },
  {
    destination: 'prefetch',
    file: 'data.txt',
    markup: (url) => `<link${attributesOf({ rel: 'prefetch', href: url })}>`,
  },
];

const element: fc.Arbitrary<TrialOf> = fc
  .record({ kind: fc.constantFrom(...ELEMENTS), route })
  .map(({ kind, route: way }) => (attempt, run, origin) => {
    const addresses = addressesOf(way, kind.file, { attempt, run, origin });
    return {
      loads: [fetchOf(kind.destination, addresses, { parserInserted: false })],
      action: { by: 'clone' },
      markup: () => kind.markup(addresses[0] ?? ''),
      proof: 'arrived',
      title: kind.markup('…'),
    };
  });

const nonce = fc.constantFrom(undefined, undefined, '', ...NONCES);
const integrity = fc.oneof(
  { weight: 2, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.uniqueArray(fc.constantFrom(...LIBRARY_HASHES), { minLength: 1, maxLength: 2 }) },
);
const inserted = fc.constantFrom<'markup' | 'clone'>('markup', 'clone');

const script: fc.Arbitrary<TrialOf> = fc
  .record({ way: route, nonce, integrity, by: inserted })
  .map(({ way, nonce: given, integrity: hashes, by }) => (attempt, run, origin) => {
    // What the parser asks for is known by its address, which a redirect to another origin hides from the page.
    const straight = by === 'markup' ? { ...way, then: [] } : way;
    const addresses = addressesOf(straight, 'lib.js', { attempt, run, origin });
    const attributes = {
      nonce: given,
      crossorigin: 'anonymous',
      integrity: hashes.length > 0 ? hashes.join(' ') : undefined,
    };
    return {
      loads: [
        fetchOf('script', addresses, {
          ...(given === undefined ? {} : { nonce: given }),
          integrity: hashes,
          parserInserted: by === 'markup',
        }),
      ],
      action: { by },
      markup: (id) => `<script${attributesOf({ id, src: addresses[0], ...attributes })}></script>`,
      proof: 'came',
      title: `script by ${by}`,
    };
  });

const sheet: fc.Arbitrary<TrialOf> = fc
  .record({ way: route, nonce, by: inserted })
  .map(({ way, nonce: given, by }) => (attempt, run, origin) => {
    const straight = by === 'markup' ? { ...way, then: [] } : way;
    const addresses = addressesOf(straight, 'look.css', { attempt, run, origin });
    return {
      loads: [fetchOf('style', addresses, given === undefined ? {} : { nonce: given })],
      action: { by },
      markup: (id) => `<link${attributesOf({ id, rel: 'stylesheet', href: addresses[0], nonce: given })}>`,
      proof: 'arrived',
      title: `stylesheet by ${by}`,
    };
  });

const inlineOf = (what: keyof typeof TEXTS, given: string | undefined, by: Action['by']): Load => ({
  type: 'inline',
  what,
  hashes: hashesOf(TEXTS[what]),
  ...(given === undefined ? {} : { nonce: given }),
  parserInserted: by !== 'clone',
});

const SINK: Load = { type: 'dom-sink' };
const inlineElement: fc.Arbitrary<TrialOf> = fc
  .record({ what: fc.constantFrom<'script' | 'style'>('script', 'style'), nonce, by: inserted })
  .map(({ what, nonce: given, by }) => () => ({
    // The text of a script that no parser wrote is a sink of Trusted Types.
    loads: [...(what === 'script' && by === 'clone' ? [SINK] : []), inlineOf(what, given, by)],
    action: { by },
    markup: (id) => `<${what}${attributesOf({ id, nonce: given })}>${TEXTS[what]}</${what}>`,
    proof: 'came',
    title: `inline ${what} by ${by}`,
  }));

const inlineOther: fc.Arbitrary<TrialOf> = fc
  .constantFrom<
    readonly ['script-attribute' | 'style-attribute' | 'javascript-url', (id: string) => string, Action['by']]
  >(
    ['script-attribute', (id) => `<b${attributesOf({ id, onclick: TEXTS['script-attribute'] })}>b</b>`, 'click'],
    ['style-attribute', (id) => `<b${attributesOf({ id, style: TEXTS['style-attribute'] })}>b</b>`, 'markup'],
    ['javascript-url', (id) => `<a${attributesOf({ id, href: TEXTS['javascript-url'] })}>a</a>`, 'click'],
  )
  .map(([what, markup, by]) => () => ({
    loads: [inlineOf(what, undefined, by)],
    action: by === 'click' ? { by } : { by: 'markup' },
    markup,
    proof: 'came',
    title: what,
  }));

const CALLS: readonly (readonly [call: Call, destination: Destination, file: string])[] = [
  ['fetch', 'connect', 'data.txt'],
  ['xhr', 'connect', 'data.txt'],
  ['beacon', 'connect', 'data.txt'],
  ['events', 'connect', 'data.txt'],
  ['font', 'font', 'face.woff2'],
];
const call: fc.Arbitrary<TrialOf> = fc
  .record({ kind: fc.constantFrom(...CALLS), way: route })
  .map(({ kind: [name, destination, file], way }) => (attempt, run, origin) => {
    const addresses = addressesOf(way, file, { attempt, run, origin });
    return {
      loads: [fetchOf(destination, addresses)],
      action: { by: 'call', call: name, url: addresses[0] ?? '' },
      proof: 'arrived',
      title: name,
    };
  });

const socket: fc.Arbitrary<TrialOf> = place.map((at) => (attempt, run, origin) => {
  const url = `${addressOf(at, { origin, socket: true })}line?run=${run}&n=${String(attempt)}`;
  return {
    loads: [fetchOf('connect', [url])],
    action: { by: 'call', call: 'socket', url },
    proof: 'arrived',
    title: 'socket',
  };
});

/** Workers are of the document's own origin; their addresses are a sink of Trusted Types. */
const worker: fc.Arbitrary<TrialOf> = fc
  .record({ name: fc.constantFrom<Call>('worker', 'shared-worker'), folder: fc.constantFrom(...FOLDERS) })
  .map(({ name, folder }) => (attempt, run, origin) => {
    const url = `${origin}/${folder}/work.js?run=${run}&n=${String(attempt)}`;
    return {
      loads: [SINK, fetchOf('worker', [url])],
      action: { by: 'call', call: name, url },
      proof: 'arrived',
      title: name,
    };
  });

/** Addresses that have what they name in themselves, or in the page. */
const LOCAL: readonly (readonly [
  title: string,
  loads: readonly Load[],
  action: Action,
  markup?: (id: string) => string,
])[] = [
  [
    'data image',
    [fetchOf('image', ['data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>'])],
    { by: 'clone' },
    () => `<img${attributesOf({ src: 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>' })}>`,
  ],
  [
    'data script',
    [fetchOf('script', [`data:text/javascript,${TEXTS.script}`], { parserInserted: false })],
    { by: 'clone' },
    (id) => `<script${attributesOf({ id, src: `data:text/javascript,${TEXTS.script}` })}></script>`,
  ],
  [
    'data style',
    [fetchOf('style', ['data:text/css,'])],
    { by: 'clone' },
    () => '<link rel="stylesheet" href="data:text/css,">',
  ],
  ['data fetch', [fetchOf('connect', ['data:,x'])], { by: 'call', call: 'fetch', url: 'data:,x' }],
  ['blob fetch', [fetchOf('connect', ['blob:null/x'])], { by: 'call', call: 'blob-fetch', url: '' }],
  ['blob image', [fetchOf('image', ['blob:null/x'])], { by: 'call', call: 'blob-image', url: '' }],
  ['blob style', [fetchOf('style', ['blob:null/x'])], { by: 'call', call: 'blob-style', url: '' }],
  [
    'blob script',
    [SINK, fetchOf('script', ['blob:null/x'], { parserInserted: false })],
    { by: 'call', call: 'blob-script', url: '' },
  ],
  ['blob worker', [SINK, fetchOf('worker', ['blob:null/x'])], { by: 'call', call: 'blob-worker', url: '' }],
  ['eval', [{ type: 'eval' }], { by: 'call', call: 'eval', url: '' }],
  ['Function', [{ type: 'eval' }], { by: 'call', call: 'function', url: '' }],
  ['setTimeout', [{ type: 'eval' }], { by: 'call', call: 'timeout', url: '' }],
  ['wasm', [{ type: 'wasm' }], { by: 'call', call: 'wasm', url: '' }],
  ['innerHTML', [SINK], { by: 'call', call: 'inner-html', url: '' }],
  [
    'style attribute by script',
    [inlineOf('style-attribute', undefined, 'call')],
    { by: 'call', call: 'style-attribute', url: '' },
  ],
];
const local: fc.Arbitrary<TrialOf> = fc.constantFrom(...LOCAL).map(([title, loads, action, markup]) => () => ({
  loads,
  action,
  ...(markup === undefined ? {} : { markup }),
  proof: 'came' as const,
  title,
}));

const base: fc.Arbitrary<TrialOf> = place.map((at) => (_attempt, _run, origin) => {
  const url = addressOf(at, { origin });
  return { loads: [{ type: 'base', url }], action: { by: 'call', call: 'base', url }, proof: 'came', title: 'base' };
});

const form: fc.Arbitrary<TrialOf> = place.map((at) => (attempt, run, origin) => {
  const url = `${addressOf(at, { origin })}nothing?run=${run}&n=${String(attempt)}`;
  return {
    loads: [{ type: 'form', url }],
    action: { by: 'click' },
    // A form that asks by GET loses its query.
    markup: (id) =>
      `<form method="post"${attributesOf({ action: url })}><button${attributesOf({ id })}>b</button></form>`,
    proof: 'arrived',
    title: 'form',
  };
});

export const trial: fc.Arbitrary<TrialOf> = fc.oneof(
  { weight: 6, arbitrary: element },
  { weight: 5, arbitrary: script },
  { weight: 2, arbitrary: sheet },
  { weight: 3, arbitrary: inlineElement },
  { weight: 3, arbitrary: inlineOther },
  { weight: 4, arbitrary: call },
  { weight: 1, arbitrary: socket },
  { weight: 1, arbitrary: worker },
  { weight: 5, arbitrary: local },
  { weight: 1, arbitrary: base },
  { weight: 1, arbitrary: form },
);
