import { wantsNonce } from '../needs/headers.js';
import { ASK_SERVER, blocksOf } from './blocks.js';
import type { Emission, Emitter } from './emitter.js';
import { code, NODE_NONCE, PAGE_WITH_NONCE, rulesCode, valueWith } from './javascript.js';

/** A module that adds a hook to Fastify. */
export const fastify: Emitter = {
  id: 'fastify',
  title: 'Fastify',
  nonces: true,
  verify: ASK_SERVER,
  emit: (rules): Emission => {
    const nonce = wantsNonce(rules);
    const text = code(
      nonce && "import { randomBytes } from 'node:crypto';",
      nonce && '',
      rulesCode(blocksOf(rules)),
      nonce && PAGE_WITH_NONCE,
      '',
      '/**',
      ' * addCloisterHeaders(app) on the outermost instance, before the routes: what app.register adds reaches the routes of that',
      ' * plugin only. Give @fastify/helmet contentSecurityPolicy: false, or the later of the two wins.',
      ' */',
      'export function addCloisterHeaders(app) {',
      nonce && "  app.decorateReply('scriptNonce', '');",
      "  app.addHook('onRequest', async (request, reply) => {",
      nonce && '    // In templates: <script nonce="<%= reply.scriptNonce %>">.',
      nonce && `    reply.scriptNonce = ${NODE_NONCE};`,
      "    const [path] = request.url.split('?', 1);",
      `    for (const [name, value] of headersFor(path)) reply.header(name, ${nonce ? valueWith('reply.scriptNonce') : 'value'});`,
      nonce && "    if (isPageWithNonce(path, request.headers.accept)) reply.header('Cache-Control', 'no-store');",
      '  });',
      '}',
    );
    return { file: 'cloister-headers.mjs', text, lost: [] };
  },
};
