import { wantsNonce, type HeaderRule } from '../needs/headers.js';
import { ASK_SERVER, blocksOf, type Block } from './blocks.js';
import type { Emission, Emitter } from './emitter.js';
import { code, PAGE_WITH_NONCE, rulesCode, valueWith, WEB_NONCE } from './javascript.js';

const POLICY = 'Content-Security-Policy';

/** A nonce in the policy of a page makes that page dynamic. */
const DYNAMIC = {
  name: POLICY,
  why: 'a nonce belongs to one answer, so Next.js must render every page that it covers at request time: no static pages, no incremental regeneration, no cached shell, no CDN',
  instead:
    'give nonces to the pages with fields only (/checkout/*), or name the scripts by their hashes (mode "hashes")',
} as const;

const entry = ({ stem, below, headers }: Block): string =>
  [
    '      {',
    `        source: ${JSON.stringify(`${stem}${below ? '(.*)' : ''}`)},`,
    '        headers: [',
    ...headers.map(([key, value]) => `          { key: ${JSON.stringify(key)}, value: ${JSON.stringify(value)} },`),
    '        ],',
    '      },',
  ].join('\n');

const staticConfig = (rules: readonly HeaderRule[]): Emission => ({
  file: 'next.config.mjs',
  text: code(
    '// Pages stay static. The app router writes inline scripts into its pages, which a policy without their hashes or a nonce refuses.',
    "/** @type {import('next').NextConfig} */",
    'export default {',
    '  async headers() {',
    '    // The last entry that fits a path wins, so the closest comes last.',
    '    return [',
    ...blocksOf(rules).toReversed().map(entry),
    '    ];',
    '  },',
    '};',
  ),
  lost: [],
});

const proxy = (rules: readonly HeaderRule[]): Emission => ({
  file: 'proxy.js',
  text: code(
    '// Beside app/ or pages/. Before Next.js 16: middleware.js, and the function is called middleware.',
    '// Pages under a nonce are rendered for each request. In a page: (await headers()).get("x-nonce"); where nothing reads it,',
    '// await connection() keeps the page from being made at build time, without a nonce.',
    "import { NextResponse } from 'next/server';",
    '',
    rulesCode(blocksOf(rules)),
    PAGE_WITH_NONCE,
    '',
    'export function proxy(request) {',
    `  const nonce = ${WEB_NONCE};`,
    '  const { pathname } = request.nextUrl;',
    '  const wanted = headersFor(pathname).map(([name, value]) => [',
    '    name,',
    `    ${valueWith('nonce')},`,
    '  ]);',
    '  const headers = new Headers(request.headers);',
    '  // Next.js reads the nonce for its own scripts out of the policy in the request; what a visitor sent there is taken away.',
    `  headers.delete('${POLICY}');`,
    `  headers.delete('${POLICY}-Report-Only');`,
    "  headers.set('x-nonce', nonce);",
    `  for (const [name, value] of wanted) if (name.toLowerCase().startsWith('${POLICY.toLowerCase()}')) headers.set(name, value);`,
    '  const response = NextResponse.next({ request: { headers } });',
    '  for (const [name, value] of wanted) response.headers.set(name, value);',
    "  if (isPageWithNonce(pathname, request.headers.get('accept'))) response.headers.set('Cache-Control', 'no-store');",
    '  return response;',
    '}',
  ),
  lost: [DYNAMIC],
});

/** `headers()` of the configuration where values are fixed, a proxy (once: middleware) where they want a nonce. */
export const next: Emitter = {
  id: 'next',
  title: 'Next.js',
  nonces: true,
  verify: ASK_SERVER,
  emit: (rules) => (wantsNonce(rules) ? proxy(rules) : staticConfig(rules)),
};
