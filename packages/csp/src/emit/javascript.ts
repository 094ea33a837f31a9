import { NONCE, type Header } from '../needs/headers.js';
import type { Block } from './blocks.js';

const pair = ([name, value]: Header): string => `      [${JSON.stringify(name)}, ${JSON.stringify(value)}],`;

const row = ({ stem, below, headers }: Block): string =>
  [
    '  {',
    `    path: ${JSON.stringify(stem.toLowerCase())},`,
    `    below: ${String(below)},`,
    '    headers: [',
    ...headers.map(pair),
    '    ],',
    '  },',
  ].join('\n');

/**
 * A table `RULES` and a function `headersFor(path)` in JavaScript, for servers that are programs. Paths are compared as routers and
 * file servers compare them: else `/Checkout/` or `/%63heckout/` would be the same page under another policy.
 */
export const rulesCode = (blocks: readonly Block[]): string => `const RULES = [
${blocks.map(row).join('\n')}
];

/** The headers of a path: the first rule that fits says them all. Decoded, in lower case, with or without a slash at its end. */
function headersFor(path) {
  let plain = path.toLowerCase();
  try {
    plain = decodeURIComponent(path).toLowerCase();
  } catch {
    // What cannot be decoded is compared as it is.
  }
  const fits = (rule) => (rule.below ? plain.startsWith(rule.path) : plain === rule.path || plain === \`\${rule.path}/\`);
  return RULES.find(fits)?.headers ?? [];
}`;

/** A fresh nonce in every JavaScript that has Web Crypto: 128 bits of the platform's secure randomness (CSP3 §7.1), in base64. */
export const WEB_NONCE = 'btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))';

/** The same in Node. */
export const NODE_NONCE = "randomBytes(16).toString('base64')";

/** The value of a header with this answer's nonce in it, as code. */
export const valueWith = (nonce: string): string => `value.replaceAll('${NONCE}', ${nonce})`;

/**
 * A function `isPageWithNonce(path, accept)` in JavaScript.
 *
 * Security: whoever gets a kept page knows its nonce, and "not modified" puts a new nonce over an old page. Such pages are not kept.
 */
export const PAGE_WITH_NONCE = `
/** Whether an answer must not be kept: its nonce would be known to everybody who saw it. Only pages are asked for as text/html. */
const isPageWithNonce = (path, accept) =>
  headersFor(path).some(([, value]) => value.includes('${NONCE}')) && (accept ?? '').includes('text/html');`;

/** Code out of parts; those that are not wanted are left out. */
export const code = (...parts: readonly (string | false)[]): string =>
  `${parts.filter((part) => part !== false).join('\n')}\n`;
