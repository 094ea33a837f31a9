import type { OwnConfig } from '../servers/own-nginx.js';

export const ADD_POLICY = `add_header Content-Security-Policy "default-src 'self'" always;`;
export const ADD_OTHER = 'add_header X-Else yes always;';

/** A configuration, and who answers what in it. `LISTEN` stands for the lines that make it `shop.test`. */
export interface NginxCase extends OwnConfig {
  readonly title: string;
  /** Path, status and the level that answers. */
  readonly asks: readonly (readonly [path: string, status: number, level: string])[];
  /** Rules about the configuration that find something. */
  readonly finds: readonly string[];
}

export const IN_ROOT = 'root $FOLDER/root;';
export const NGINX_FILES: Readonly<Record<string, string>> = {
  'root/index.html': 'x',
  'root/a/index.html': 'x',
  'root/a/x.js': 'x',
  'root/error.html': 'x',
};
const AT = 'server shop.test';

/** What nginx and the analysis of its configuration must agree about. */
export const NGINX_CASES: readonly NginxCase[] = [
  {
    title: 'a location without headers inherits them',
    http: `server { LISTEN ${IN_ROOT} ${ADD_POLICY} location /a/ { expires 1h; } }`,
    asks: [
      ['/', 200, AT],
      ['/a/', 200, `${AT} > location /a/`],
      ['/a/none', 404, `${AT} > location /a/`],
    ],
    finds: [],
  },
  {
    title: 'one header of a location takes all others away',
    http: `server { LISTEN ${IN_ROOT} ${ADD_POLICY} location /a/ { ${ADD_OTHER} } }`,
    asks: [
      ['/', 200, AT],
      ['/a/', 200, `${AT} > location /a/`],
      ['/a/none', 404, `${AT} > location /a/`],
    ],
    finds: ['nginx-headers-lost'],
  },
  {
    title: 'a header of a server takes away those of http',
    http: `${ADD_POLICY} server { LISTEN ${IN_ROOT} ${ADD_OTHER} location /a/ { } }`,
    asks: [
      ['/', 200, AT],
      ['/a/', 200, `${AT} > location /a/`],
    ],
    finds: ['nginx-headers-lost'],
  },
  {
    title: 'an included file of headers is there for who includes it',
    http: `server { LISTEN ${IN_ROOT} include headers.conf; location /a/ { ${ADD_OTHER} include headers.conf; } location /b/ { ${ADD_OTHER} } }`,
    files: { 'headers.conf': `${ADD_POLICY}\nadd_header X-Frame-Options DENY always;\n` },
    asks: [
      ['/', 200, AT],
      ['/a/', 200, `${AT} > location /a/`],
      ['/b/', 404, `${AT} > location /b/`],
    ],
    finds: ['nginx-headers-lost'],
  },
  {
    title: 'files with a star are read',
    http: 'include sites/*.conf;',
    files: { 'sites/b.conf': `server { LISTEN ${IN_ROOT} location /a/ { ${ADD_OTHER} } }`, 'sites/a.conf': ADD_POLICY },
    asks: [
      ['/', 200, AT],
      ['/a/', 200, `${AT} > location /a/`],
    ],
    finds: ['nginx-headers-lost'],
  },
  {
    title: 'errors have what is always sent',
    http: `server { LISTEN ${IN_ROOT} add_header Content-Security-Policy "img-src *"; add_header X-Frame-Options DENY always; }`,
    asks: [
      ['/', 200, AT],
      ['/none', 404, AT],
      ['/a', 301, AT],
    ],
    finds: ['nginx-without-always'],
  },
  {
    title: 'the page of an error has the headers of its own location',
    http: `server { LISTEN ${IN_ROOT} ${ADD_POLICY} error_page 404 /error.html; location = /error.html { ${ADD_OTHER} } }`,
    asks: [
      ['/', 200, AT],
      ['/none', 404, `${AT} > location = /error.html`],
    ],
    finds: ['nginx-headers-lost'],
  },
  {
    title: 'what try_files leads to has the headers of its own location',
    http: `server { LISTEN ${IN_ROOT} ${ADD_POLICY} location /a/ { try_files $uri /index.html; } location = /index.html { add_header Cache-Control no-store; } }`,
    asks: [
      ['/a/x.js', 200, `${AT} > location /a/`],
      ['/a/none', 200, `${AT} > location = /index.html`],
    ],
    finds: ['nginx-headers-lost'],
  },
  {
    title: 'an if is a level of its own',
    http: `server { LISTEN ${IN_ROOT} location / { ${ADD_POLICY} if ($request_method = OPTIONS) { ${ADD_OTHER} return 204; } if ($arg_q = 1) { return 403; } } }`,
    asks: [
      ['/', 200, `${AT} > location /`],
      ['OPTIONS /', 204, `${AT} > location / > if ($request_method = OPTIONS)`],
      ['/?q=1', 403, `${AT} > location / > if ($arg_q = 1)`],
    ],
    finds: ['nginx-headers-lost'],
  },
  {
    title: 'a return of the server has its headers',
    http: `server { LISTEN ${ADD_POLICY} if ($arg_q = 1) { return 403; } location / { ${ADD_OTHER} return 200 x; } }`,
    asks: [
      ['/?q=1', 403, AT],
      ['/', 200, `${AT} > location /`],
    ],
    finds: ['nginx-headers-lost'],
  },
  {
    title: 'two policies of one level are both sent',
    http: `server { LISTEN ${IN_ROOT} ${ADD_POLICY} ${ADD_POLICY} location /a/ { ${ADD_POLICY} add_header content-security-policy "img-src *"; } }`,
    asks: [
      ['/', 200, AT],
      ['/a/', 200, `${AT} > location /a/`],
      ['/a/none', 404, `${AT} > location /a/`],
    ],
    finds: ['nginx-policy-twice', 'nginx-without-always'],
  },
  {
    title: 'an empty value is a header that is not sent',
    http: `server { LISTEN ${IN_ROOT} ${ADD_POLICY} location /a/ { add_header Content-Security-Policy ""; } location /b/ { add_header "" ""; } }`,
    asks: [
      ['/', 200, AT],
      ['/a/', 200, `${AT} > location /a/`],
      ['/b/', 404, `${AT} > location /b/`],
    ],
    finds: ['nginx-headers-lost'],
  },
  {
    title: 'a policy of parts is put together',
    http: `server { LISTEN ${IN_ROOT} set $csp "default-src 'self'"; set $csp "\${csp}; img-src *"; add_header Content-Security-Policy $csp always; }`,
    asks: [
      ['/', 200, AT],
      ['/none', 404, AT],
    ],
    finds: [],
  },
  {
    title: 'a block for some methods is no level',
    http: `server { LISTEN ${IN_ROOT} ${ADD_POLICY} location / { limit_except GET { deny all; } } }`,
    asks: [
      ['/', 200, `${AT} > location /`],
      ['POST /', 403, `${AT} > location /`],
    ],
    finds: [],
  },
  {
    title: 'patterns, named locations and locations in locations are levels',
    http: `server { LISTEN ${IN_ROOT} ${ADD_POLICY} location ~* \\.(?:js|css)$ { ${ADD_OTHER} } location /a/ { location /a/b/ { add_header X-Frame-Options DENY; } } location /c/ { try_files $uri @app; } location @app { ${ADD_OTHER} return 404; } }`,
    asks: [
      ['/a/x.js', 200, `${AT} > location ~* \\.(?:js|css)$`],
      ['/a/', 200, `${AT} > location /a/`],
      ['/a/b/', 404, `${AT} > location /a/ > location /a/b/`],
      ['/c/x', 404, `${AT} > location @app`],
    ],
    finds: ['nginx-headers-lost', 'nginx-without-always'],
  },
];
