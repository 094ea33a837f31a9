import type { Attempt } from './attempt.js';

const SCRIPT = ['script-src', 'script-src-elem', 'default-src'];
const MARK = 'globalThis[mark] = true';

type Row = readonly [id: string, title: string, code: string, stoppedBy?: readonly string[]];

const attempt = ([id, title, code, stoppedBy = SCRIPT]: Row): Attempt => ({ id, kind: 'run', title, code, stoppedBy });

/** Ways to get code to run. Each is over when `globalThis[mark]` is true, or after a moment. */
export const INJECTIONS: readonly Attempt[] = (
  [
    [
      'inline-script',
      'a script element with text',
      `document.head.append(Object.assign(document.createElement('script'), { text: 'globalThis["' + mark + '"] = true' }))`,
    ],
    [
      'foreign-script',
      'a script of another origin',
      `document.head.append(Object.assign(document.createElement('script'), { src: to }))`,
    ],
    [
      'data-script',
      'a script in a data: address',
      `document.head.append(Object.assign(document.createElement('script'), { src: 'data:text/javascript,globalThis["' + mark + '"]=true' }))`,
    ],
    [
      'blob-script',
      'a script in a blob: address',
      `document.head.append(Object.assign(document.createElement('script'), { src: URL.createObjectURL(new Blob(['globalThis["' + mark + '"]=true'], { type: 'text/javascript' })) }))`,
    ],
    ['module-import', 'a module of another origin', `import(to)`],
    [
      'handler',
      'an event handler in markup',
      `document.body.insertAdjacentHTML('beforeend', '<img src="x:" onerror="globalThis[\\'' + mark + '\\']=true">')`,
      ['script-src', 'script-src-attr', 'default-src', 'require-trusted-types-for'],
    ],
    [
      'javascript-url',
      'a javascript: address',
      `const link = document.createElement('a'); link.href = 'javascript:void(globalThis["' + mark + '"]=true)'; document.body.append(link); link.click(); link.remove()`,
    ],
    [
      'timer-text',
      'text that a timer runs',
      `await new Promise((done) => queueMicrotask(() => { try { setTimeout('globalThis["' + mark + '"]=true', 0) } catch {} done() }))`,
      [...SCRIPT, 'require-trusted-types-for'],
    ],
    [
      'srcdoc',
      'a frame with its document in an attribute',
      `const frame = document.createElement('iframe'); frame.srcdoc = '<script>parent["' + mark + '"]=true<\\/script>'; document.body.append(frame)`,
      [...SCRIPT, 'require-trusted-types-for'],
    ],
    [
      'worker',
      'a worker in a blob: address',
      `const channel = new Worker(URL.createObjectURL(new Blob(['postMessage(1)']))); channel.onmessage = () => { ${MARK} }`,
      ['worker-src', 'child-src', 'script-src', 'default-src'],
    ],
    [
      'base',
      'a <base> that moves every relative address',
      `const base = Object.assign(document.createElement('base'), { href: to }); document.head.append(base); if (document.baseURI.startsWith(new URL(to).origin)) { ${MARK} } base.remove()`,
      ['base-uri'],
    ],
    [
      'inline-style',
      'a style element, which can read attributes',
      `const sheet = Object.assign(document.createElement('style'), { textContent: 'html{--drill:1}' }); document.head.append(sheet); if (getComputedStyle(document.documentElement).getPropertyValue('--drill') === '1') { ${MARK} } sheet.remove()`,
      ['style-src', 'style-src-elem', 'default-src'],
    ],
  ] as const satisfies readonly Row[]
).map(attempt);
