import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findServer, serverAdvice, type ServerName } from '../../../scripts/lib/servers.mjs';
import type { FrontKind, FrontOptions } from './front.js';
import { check, runProgram, type Command } from './run-program.js';

interface Recipe {
  readonly id: ServerName;
  /** Name of the main file of its configuration. */
  readonly file: string;
  readonly config: (folder: string, options: FrontOptions) => string;
  readonly check: (program: string, file: string) => Command;
  readonly run: (program: string, file: string) => Command;
}

const isRoot = process.getuid?.() === 0;
const TEMPORARY = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

/** The location `/own/` has headers of its own, and so must include the file again, as its comment says. */
const nginx: Recipe = {
  id: 'nginx',
  file: 'nginx.conf',
  config: (folder, { port, upstream, emission }) => {
    const include = `include ${folder}/${emission.file};`;
    const byPath = emission.text.includes('server block only');
    const hide = byPath ? 'proxy_hide_header Content-Security-Policy;' : '';
    const pass = `proxy_pass http://127.0.0.1:${String(upstream)}; proxy_set_header Host $http_host; ${hide}`;
    const again = byPath ? '' : include;
    return `daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log; ${isRoot ? 'user root;' : ''}
events {}
http {
  access_log off;
  ${TEMPORARY.map((name) => `${name}_temp_path ${folder}/${name};`).join(' ')}
  server {
    listen 127.0.0.1:${String(port)};
    ${include}
    location / { ${pass} }
    location /own/ { add_header X-Own yes always; ${again} ${pass} }
    location /bare/ { add_header X-Own yes always; ${pass} }
  }
}
`;
  },
  check: (program, file) => [program, '-t', '-q', '-c', file, '-e', `${file}.log`],
  run: (program, file) => [program, '-c', file, '-e', `${file}.log`],
};

const MODULES = ['mpm_event', 'authz_core', 'headers', 'proxy', 'proxy_http'];

const apache: Recipe = {
  id: 'apache',
  file: 'apache.conf',
  config: (folder, { port, upstream, emission }) => `ServerRoot /usr/lib/apache2
${MODULES.map((name) => `LoadModule ${name}_module modules/mod_${name}.so`).join('\n')}
${isRoot ? 'User www-data\nGroup www-data' : ''}
ServerName shop.localhost
Listen 127.0.0.1:${String(port)}
PidFile ${folder}/pid
DefaultRuntimeDir ${folder}
Mutex file:${folder} default
ErrorLog ${folder}/error.log
<VirtualHost *:${String(port)}>
  ProxyPreserveHost On
  ProxyPass / http://127.0.0.1:${String(upstream)}/
  Include ${folder}/${emission.file}
</VirtualHost>
`,
  check: (program, file) => [program, '-t', '-f', file],
  run: (program, file) => [program, '-D', 'FOREGROUND', '-f', file],
};

const caddy: Recipe = {
  id: 'caddy',
  file: 'Caddyfile',
  config: (folder, { port, upstream, emission }) => `{
	admin off
	auto_https off
	log {
		level ERROR
	}
}
http://:${String(port)} {
	bind 127.0.0.1
	import ${folder}/${emission.file}
	reverse_proxy 127.0.0.1:${String(upstream)}
}
`,
  check: (program, file) => [program, 'validate', '--config', file, '--adapter', 'caddyfile'],
  run: (program, file) => [program, 'run', '--config', file, '--adapter', 'caddyfile'],
};

const kindOf = (recipe: Recipe): FrontKind => {
  const program = findServer(recipe.id);
  return {
    id: recipe.id,
    missing: program === undefined ? serverAdvice([recipe.id]) : undefined,
    start: async (options) => {
      const folder = await mkdtemp(join(tmpdir(), `cloister-${recipe.id}-`));
      const file = join(folder, recipe.file);
      // Caddy keeps things under its user's home.
      const env = { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
      await writeFile(join(folder, options.emission.file), options.emission.text);
      await writeFile(file, recipe.config(folder, options));
      await check(recipe.check(program ?? '', file), env);
      const { stop } = await runProgram(recipe.run(program ?? '', file), { port: options.port, env });
      return {
        stop: async () => {
          await stop();
          await rm(folder, { recursive: true });
        },
      };
    },
  };
};

/** nginx, Apache and Caddy as the system has them, each before the upstream as a reverse proxy. */
export const WEB_SERVERS: readonly FrontKind[] = [nginx, apache, caddy].map(kindOf);
