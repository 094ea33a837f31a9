import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findServer, serverAdvice } from '../../../scripts/lib/servers.mjs';
import { runProgram } from './run-program.js';

const run = promisify(execFile);
const program = findServer('nginx') ?? '';

/** Why it cannot run here; `undefined` where it can. */
export const nginxMissing: string | undefined = program === '' ? serverAdvice(['nginx']) : undefined;

const isRoot = process.getuid?.() === 0;
const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/** What stands in `http { … }`, and the files beside it. */
export interface OwnConfig {
  readonly http: string;
  /** By paths from the folder of the configuration. */
  readonly files?: Readonly<Record<string, string>>;
}

export interface OwnNginx {
  readonly folder: string;
  /** What `nginx -T` prints. @throws Error with what it says against the configuration */
  dump(): Promise<string>;
  /** Runs it while `act` asks it. */
  serving(port: number, act: () => Promise<void>): Promise<void>;
}

/** Writes a configuration for the nginx of this system, with `$FOLDER` for where it lies, and takes it away after `act`. */
export async function withNginx(
  { http, files = {} }: OwnConfig,
  act: (nginx: OwnNginx) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'cloister-own-nginx-'));
  const file = join(folder, 'nginx.conf');
  const text = `daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log; ${isRoot ? 'user root;' : ''}
events {}
http {
access_log off;
${TEMPORARY.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
${http.replaceAll('$FOLDER', folder)}
}
`;
  await writeFile(file, text);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content.replaceAll('$FOLDER', folder));
  }
  try {
    await act({
      folder,
      dump: async () => (await run(program, ['-T', '-q', '-c', file, '-e', `${file}.log`])).stdout,
      serving: async (port, asked) => {
        const { stop } = await runProgram([program, '-c', file, '-e', `${file}.log`], { port, env: {} });
        try {
          await asked();
        } finally {
          await stop();
        }
      },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
