import { wantsNonce } from '../needs/headers.js';
import { ASK_SERVER, blocksOf } from './blocks.js';
import type { Emission, Emitter } from './emitter.js';
import { code, NODE_NONCE, PAGE_WITH_NONCE, rulesCode, valueWith } from './javascript.js';

/** A module with handlers for Express. helmet sets what else a page should have; the policy is ours. */
export const express: Emitter = {
  id: 'express',
  title: 'Express with helmet',
  nonces: true,
  verify: ASK_SERVER,
  emit: (rules): Emission => {
    const nonce = wantsNonce(rules);
    const value = nonce ? valueWith('response.locals.scriptNonce') : 'value';
    const text = code(
      nonce && "import { randomBytes } from 'node:crypto';",
      "import helmet from 'helmet';",
      '',
      rulesCode(blocksOf(rules)),
      nonce && PAGE_WITH_NONCE,
      '',
      '/** app.use(cloisterHeaders), before every route and before express.static. */',
      'export const cloisterHeaders = [',
      "  // helmet has a policy of its own, without your fields' origin: only one of the two can be sent.",
      '  helmet({ contentSecurityPolicy: false }),',
      '  (request, response, next) => {',
      nonce && '    // In templates: <script nonce="<%= scriptNonce %>">.',
      nonce && `    response.locals.scriptNonce = ${NODE_NONCE};`,
      '    // With the path that a router was mounted at, which request.path leaves out.',
      '    const path = request.baseUrl + request.path;',
      `    for (const [name, value] of headersFor(path)) response.setHeader(name, ${value});`,
      nonce &&
        "    if (isPageWithNonce(path, request.headers.accept)) response.setHeader('Cache-Control', 'no-store');",
      '    next();',
      '  },',
      '];',
    );
    return { file: 'cloister-headers.mjs', text, lost: [] };
  },
};
