import { wantsNonce } from '../needs/headers.js';
import { ASK_SERVER, blocksOf } from './blocks.js';
import type { Emission, Emitter } from './emitter.js';
import { code, PAGE_WITH_NONCE, rulesCode, valueWith, WEB_NONCE } from './javascript.js';

/** A module with a middleware for Hono, on any runtime with Web Crypto. */
export const hono: Emitter = {
  id: 'hono',
  title: 'Hono',
  nonces: true,
  verify: ASK_SERVER,
  emit: (rules): Emission => {
    const nonce = wantsNonce(rules);
    const text = code(
      rulesCode(blocksOf(rules)),
      nonce && PAGE_WITH_NONCE,
      '',
      '/** app.use(cloisterHeaders), before the routes. Instead of the policy of secureHeaders(), not beside it. */',
      'export const cloisterHeaders = async (c, next) => {',
      nonce && "  // In a route: c.get('scriptNonce').",
      nonce && `  const nonce = ${WEB_NONCE};`,
      nonce && "  c.set('scriptNonce', nonce);",
      '  await next();',
      '  // Afterwards, so that a ready Response of a route, an error and a 404 have them, too.',
      `  for (const [name, value] of headersFor(c.req.path)) c.header(name, ${nonce ? valueWith('nonce') : 'value'});`,
      nonce && "  if (isPageWithNonce(c.req.path, c.req.header('accept'))) c.header('Cache-Control', 'no-store');",
      '};',
    );
    return { file: 'cloister-headers.mjs', text, lost: [] };
  },
};
