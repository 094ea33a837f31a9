/**
 * Why this exists: on Debian, as root, a browser that is missing is installed from the system's own packages; everywhere else
 * the reader is told what to do.
 */
import { existsSync } from 'node:fs';
import { command } from './command.mjs';

export const canInstall = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/**
 * @param {readonly string[]} packages
 * @param {string} advice what to do where this cannot.
 * @throws {Error} with the advice.
 */
export async function install(packages, advice) {
  if (!canInstall()) throw new Error(advice);
  await apt(['update'], advice);
  await apt(['install', '-y', '--no-install-recommends', ...packages], advice);
}

async function apt(args, advice) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { code } = await command('apt-get', ['-q', ...args], { env, stdio: ['ignore', 2, 2] });
  if (code !== 0) throw new Error(`apt-get ${args[0]} failed.\n${advice}`);
}
