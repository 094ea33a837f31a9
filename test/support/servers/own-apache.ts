import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findServer, serverAdvice } from '../../../scripts/lib/servers.mjs';
import { check, runProgram } from './run-program.js';

const program = findServer('apache') ?? '';

/** Why it cannot run here; `undefined` where it can. */
export const apacheMissing: string | undefined = program === '' ? serverAdvice(['apache']) : undefined;

const isRoot = process.getuid?.() === 0;
const MODULES = ['mpm_event', 'authz_core', 'headers', 'dir', 'alias', 'env', 'setenvif'];
const FILES = { 'root/index.html': 'x', 'root/a/index.html': 'x', 'root/a/x.js': 'x' };

/** Writes a configuration for the Apache of this system, and takes it away after `act`, which is told what was written. @throws Error with what Apache says against it */
export async function withApache(port: number, own: string, act: (text: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'cloister-own-apache-'));
  const file = join(folder, 'apache.conf');
  const text = `ServerRoot /usr/lib/apache2
${MODULES.map((name) => `LoadModule ${name}_module modules/mod_${name}.so`).join('\n')}
${isRoot ? 'User www-data\nGroup www-data' : ''}
ServerName shop.test
Listen 127.0.0.1:${port}
PidFile ${folder}/pid
DefaultRuntimeDir ${folder}
Mutex file:${folder} default
ErrorLog ${folder}/error.log
DocumentRoot ${folder}/root
${own}
`;
  try {
    await writeFile(file, text);
    for (const [name, content] of Object.entries(FILES)) {
      await mkdir(dirname(join(folder, name)), { recursive: true, mode: 0o755 });
      await writeFile(join(folder, name), content);
    }
    await check(['/bin/chmod', '-R', 'a+rX', folder], {});
    await check([program, '-t', '-f', file], {});
    const { stop } = await runProgram([program, '-D', 'FOREGROUND', '-f', file], { port, env: {} });
    try {
      await act(text);
    } finally {
      await stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
