/**
 * Why this exists: what is written for a web server is proven by that server. nginx, Apache and Caddy come from the system's
 * packages, like the browsers (`scripts/browser.mjs`); only their programs are wanted, so no service is started by the way.
 */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { install } from './apt.mjs';
import { inSystem, isExecutable } from './programs.mjs';

/** @typedef {'nginx' | 'apache' | 'caddy'} ServerName */

/** @type {Readonly<Record<ServerName, { readonly program: string, readonly package: string, readonly named: string }>>} */
const PROGRAMS = {
  nginx: { program: 'nginx', package: 'nginx-light', named: 'CLOISTER_NGINX' },
  apache: { program: 'apache2', package: 'apache2', named: 'CLOISTER_APACHE' },
  caddy: { program: 'caddy', package: 'caddy', named: 'CLOISTER_CADDY' },
};

/** @type {readonly ServerName[]} */
export const SERVERS = ['nginx', 'apache', 'caddy'];

/** Asked by Debian's packages whether they may start what they bring; 101 says no. */
const POLICY = '/usr/sbin/policy-rc.d';

/** @param {ServerName} name @returns {string | undefined} the path of its program, or nothing where there is none. */
export function findServer(name) {
  const { program, named } = PROGRAMS[name];
  return process.env[named] || [...inSystem([program]), `/usr/sbin/${program}`].find(isExecutable);
}

/** @param {readonly ServerName[]} names @returns {string} what to do where they are missing. */
export function serverAdvice(names) {
  const packages = names.map((name) => PROGRAMS[name].package).join(' ');
  const variables = names.map((name) => PROGRAMS[name].named).join(', ');
  return `Not found: ${names.join(', ')}. Install them (Debian: apt-get install ${packages}), or set ${variables}.`;
}

/**
 * Makes sure of the web servers, and installs those that are missing where that is possible.
 * @throws {Error} with advice where it is not.
 */
export async function ensureServers() {
  const missing = SERVERS.filter((name) => findServer(name) === undefined);
  if (missing.length === 0) return;
  const packages = missing.map((name) => PROGRAMS[name].package);
  await withoutServices(() => install(packages, serverAdvice(missing)));
}

async function withoutServices(act) {
  const mayWrite = process.getuid?.() === 0 && existsSync('/usr/sbin') && !existsSync(POLICY);
  if (mayWrite) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await act();
  } finally {
    if (mayWrite) rmSync(POLICY);
  }
}
