import { wantsNonce } from '../needs/headers.js';
import { ASK_SERVER, blocksOf } from './blocks.js';
import type { Emission, Emitter } from './emitter.js';
import { code, PAGE_WITH_NONCE, rulesCode, valueWith, WEB_NONCE } from './javascript.js';

const PLAIN = `    const { pathname } = new URL(request.url);
    const answer = await env.ASSETS.fetch(request);`;

const WHOLE = `    // "Not modified" would put a new nonce over a page that a browser kept.
    const { pathname } = new URL(request.url);
    const isPage = isPageWithNonce(pathname, request.headers.get('Accept'));
    const asked = new Request(request);
    if (isPage) for (const name of ['If-None-Match', 'If-Modified-Since']) asked.headers.delete(name);
    const answer = await env.ASSETS.fetch(asked);`;

const MARKED = `    if (!isPage) return response;
    for (const name of ['ETag', 'Last-Modified']) response.headers.delete(name);
    response.headers.set('Cache-Control', 'no-store');
    // Only what is marked by an attribute: <script nonce>. Where visitors' texts get into a page, let what renders it put the
    // nonce there: a script that somebody wrote into the page would get it here, too.
    const mark = { element: (element) => void element.setAttribute('nonce', nonce) };
    return new HTMLRewriter().on('script[nonce]', mark).on('style[nonce]', mark).transform(response);`;

/** A Worker before static assets (the binding `ASSETS`), or before anything else that answers to `fetch`. */
export const cloudflareWorker: Emitter = {
  id: 'cloudflare-worker',
  title: 'Cloudflare Worker',
  nonces: true,
  verify: ASK_SERVER,
  emit: (rules): Emission => {
    const nonce = wantsNonce(rules);
    const text = code(
      '// wrangler.jsonc: "main": "worker.js", "assets": { "directory": "public", "binding": "ASSETS", "run_worker_first": true }.',
      '// Without run_worker_first, files are answered without these headers.',
      rulesCode(blocksOf(rules)),
      nonce && PAGE_WITH_NONCE,
      '',
      'export default {',
      '  async fetch(request, env) {',
      nonce ? WHOLE : PLAIN,
      '    // A copy: the headers of an answer that was fetched cannot be changed.',
      '    const response = new Response(answer.body, answer);',
      nonce && `    const nonce = ${WEB_NONCE};`,
      '    for (const [name, value] of headersFor(pathname)) {',
      `      response.headers.set(name, ${nonce ? valueWith('nonce') : 'value'});`,
      '    }',
      nonce ? MARKED : '    return response;',
      '  },',
      '};',
    );
    return { file: 'worker.js', text, lost: [] };
  },
};
