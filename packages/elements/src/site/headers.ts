import type { CloisterConfig } from '@cloister/protocol';
import type { RoleRule } from './roles.js';

/** Features that no document of ours uses (Permissions Policy); each is turned off by name, for there is no wildcard. */
const FEATURES = [
  'accelerometer',
  'autoplay',
  'browsing-topics',
  'camera',
  'clipboard-read',
  'clipboard-write',
  'compute-pressure',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'identity-credentials-get',
  'idle-detection',
  'keyboard-map',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'otp-credentials',
  'payment',
  'picture-in-picture',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'sync-xhr',
  'unload',
  'usb',
  'window-management',
  'xr-spatial-tracking',
] as const;

type Headers = Readonly<Record<string, string>>;

/** What has the build's id in its address never changes. */
export const FOR_GOOD: Headers = { 'Cache-Control': 'public, max-age=31536000, immutable' };

/**
 * What a page asks for before it knows a build: five minutes, so that whoever goes from page to page asks once, and a
 * deployment has reached everybody in five minutes.
 */
export const BRIEFLY: Headers = { 'Cache-Control': 'public, max-age=300' };

/** Where each start is another build and old ones are gone: whoever kept a document asks whether it still stands. */
export const NOT_KEPT: Headers = { 'Cache-Control': 'no-cache' };

const permissions = (allowed: readonly string[]): string =>
  FEATURES.map((feature) => `${feature}=${allowed.includes(feature) ? '(self)' : '()'}`).join(', ');

const strictTransport = (config: CloisterConfig): Headers =>
  config.elements.startsWith('https:')
    ? { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains; preload' }
    : {};

/** Hashes of the scripts that a document may run, as Subresource Integrity values (`sha384-…`). */
export interface DocumentScripts {
  readonly own: string;
  readonly sanitiser: string;
}

/**
 * What a document may load and run (CSP3): scripts by hash only, so that no other file of the origin can become script; no
 * styles, fonts or images from anywhere (styles are adopted by CSSOM); network only where the role has it.
 *
 * Security: it stands in the header and in the document itself (ADR 15), so that no host of files can lose it.
 */
export function documentPolicy(config: CloisterConfig, role: RoleRule, scripts: DocumentScripts): string {
  const connect = role.connect(config);
  const hashes = role.sanitiser ? [scripts.own, scripts.sanitiser] : [scripts.own];
  return [
    "default-src 'none'",
    `script-src ${hashes.map((hash) => `'${hash}'`).join(' ')}`,
    ...(connect.length > 0 ? [`connect-src ${connect.join(' ')}`] : []),
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${role.sanitiser ? 'cloister' : "'none'"}`,
  ].join('; ');
}

/** The same, and who may embed it, which only a header can say (CSP3 §3.3). */
export const contentSecurityPolicy = (config: CloisterConfig, role: RoleRule, scripts: DocumentScripts): string =>
  `${documentPolicy(config, role, scripts)}; frame-ancestors ${role.anybody ? '*' : config.hosts.join(' ')}`;

/** Headers of a document but for how long it is kept. No X-Frame-Options: it cannot name origins, and browsers that know both would obey it. */
export function documentHeaders(config: CloisterConfig, role: RoleRule, scripts: DocumentScripts): Headers {
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': contentSecurityPolicy(config, role, scripts),
    'Integrity-Policy': 'blocked-destinations=(script)',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'cross-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Origin-Agent-Cluster': '?1',
    'Permissions-Policy': permissions(role.features(config)),
    'Document-Policy': 'force-load-at-top',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    ...strictTransport(config),
  };
}

/** Headers of a script: its address holds the build id, so it never changes. */
export function scriptHeaders(config: CloisterConfig): Headers {
  return {
    'Content-Type': 'text/javascript; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    ...strictTransport(config),
    ...FOR_GOOD,
  };
}

/** Headers of whatever is not there. */
export const MISSING_HEADERS: Headers = {
  'Content-Type': 'text/plain; charset=utf-8',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
};
