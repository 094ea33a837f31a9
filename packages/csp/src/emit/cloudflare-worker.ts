import { wantsNonce } from '../needs/headers.js';
import { ASK_SERVER, blocksOf } from './blocks.js';
import type { Emission, Emitter } from './emitter.js';
import { code, rulesCode, valueWith, WEB_NONCE } from './javascript.js';

const FRESH = `    // A kept page has a nonce of its own, and "not modified" would send it with a new header: each answer is whole and not kept.
    const asked = new Request(request);
    asked.headers.delete('If-None-Match');
    asked.headers.delete('If-Modified-Since');
    const answer = await env.ASSETS.fetch(asked);`;

const REWRITTEN = `    response.headers.delete('ETag');
    response.headers.delete('Last-Modified');
    response.headers.set('Cache-Control', 'no-store');
    // Only what is marked by an empty attribute: <script nonce>. Where visitors' texts get into a page, let what renders it put
    // the nonce there: a script that somebody wrote into the page would get it here, too.
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
      '',
      'export default {',
      '  async fetch(request, env) {',
      nonce ? FRESH : '    const answer = await env.ASSETS.fetch(request);',
      '    // A copy: the headers of an answer that was fetched cannot be changed.',
      '    const response = new Response(answer.body, answer);',
      nonce && `    const nonce = ${WEB_NONCE};`,
      '    for (const [name, value] of headersFor(new URL(request.url).pathname)) {',
      `      response.headers.set(name, ${nonce ? valueWith('nonce') : 'value'});`,
      '    }',
      nonce ? REWRITTEN : '    return response;',
      '  },',
      '};',
    );
    return { file: 'worker.js', text, lost: [] };
  },
};
