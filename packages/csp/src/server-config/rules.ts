import type { Severity } from '../lint/finding.js';

/** What is told of a rule. Findings of it may weigh less, where less is at stake. */
export interface ConfigRule {
  readonly severity: Severity;
  readonly title: string;
  readonly explanation: string;
  readonly attack: string;
  readonly source: string;
}

const MOD_HEADERS = 'Apache HTTP Server, mod_headers, Header';
const HEADERS_MODULE = 'nginx, ngx_http_headers_module, add_header';

const rules = {
  'config-syntax': {
    severity: 'high',
    title: 'The server would not read this',
    explanation: 'What stands behind the place was not looked at.',
    attack: 'None: the server does not start, or goes on with the configuration that it has.',
    source: 'nginx, ngx_conf_read_token',
  },
  'nginx-headers-lost': {
    severity: 'high',
    title: 'An add_header takes away those of the level around',
    explanation:
      'add_header is inherited if and only if the level has none of its own. One for caching is enough to lose the policy.',
    attack: 'Pages of this place have no policy: whatever is injected into them runs and sends what it reads.',
    source: HEADERS_MODULE,
  },
  'nginx-without-always': {
    severity: 'medium',
    title: 'Sent with some answers only',
    explanation: 'Without "always" a header is sent with 200, 201, 204, 206, 301, 302, 303, 304, 307 and 308 only.',
    attack: 'The page of an error, which often repeats the address, has no policy against what is injected into it.',
    source: HEADERS_MODULE,
  },
  'nginx-policy-twice': {
    severity: 'medium',
    title: 'Two policies in one answer',
    explanation: 'add_header adds; it does not replace. Every policy of an answer must allow a load.',
    attack: 'None: what one of the policies refuses does not load.',
    source: 'CSP3 §8.1; nginx, ngx_http_headers_module',
  },
  'nginx-header-twice': {
    severity: 'medium',
    title: 'A header that means nothing when it stands twice',
    explanation: 'Browsers read one value; two of them, joined by a comma, are none that they know.',
    attack: 'The page is not isolated, as if the header were not there.',
    source: 'HTML §7.1.3, §7.1.4; Fetch §3.7',
  },
  'nginx-value-cut': {
    severity: 'high',
    title: 'A value that is not in quotes',
    explanation: 'A space ends a value, and a semicolon ends the directive: a policy must stand in quotes.',
    attack: 'None: nginx does not start, or goes on with the configuration that it has.',
    source: HEADERS_MODULE,
  },
  'nginx-value-lines': {
    severity: 'high',
    title: 'A line break in a header',
    explanation:
      'nginx sends it as it stands. HTTP/2 forbids it (RFC 9113 §8.2.1), and HTTP/1.1 ends the header there.',
    attack: 'Browsers refuse the whole answer, or read the first line of the policy only.',
    source: 'RFC 9110 §5.5; RFC 9113 §8.2.1',
  },
  'nginx-value-long': {
    severity: 'high',
    title: 'A value that is too long for nginx',
    explanation: 'A word of the configuration has 4094 letters at most. Say the rest with a second set: "${csp} …".',
    attack: 'None: nginx does not start, or goes on with the configuration that it has.',
    source: 'nginx, NGX_CONF_BUFFER',
  },
  'nginx-upstream-policy': {
    severity: 'note',
    title: 'What stands behind may send a policy too',
    explanation: 'nginx passes on what the application sends, beside what add_header adds; both policies hold then.',
    attack: 'None: what one of the policies refuses does not load.',
    source: 'nginx, ngx_http_proxy_module, proxy_hide_header; CSP3 §8.1',
  },
  'nginx-no-policy': {
    severity: 'high',
    title: 'No policy in this configuration',
    explanation: 'A page that takes payments wants one: it is what browsers themselves enforce against injected code.',
    attack: 'Any injected markup runs scripts and sends what it reads anywhere.',
    source: 'CSP3 §1.2; PCI DSS 4.0.1 6.4.3',
  },
  'nginx-value-unknown': {
    severity: 'note',
    title: 'A policy that this text does not tell',
    explanation: 'Its value comes from a variable that no set and no map of this text gives a value.',
    attack: 'None known: lint the address of the page, which has the value.',
    source: HEADERS_MODULE,
  },
  'nginx-unseen': {
    severity: 'note',
    title: 'Something that was not looked at',
    explanation: 'Included files that are not here, Lua and other modules can set headers, too.',
    attack: 'None known: lint the address of the page, which has all headers.',
    source: 'nginx, Core functionality, include',
  },
  'apache-without-always': {
    severity: 'medium',
    title: 'Sent with answers that succeed only',
    explanation: 'Without "always" a header goes into the table that Apache empties for its own errors and redirects.',
    attack: 'The page of an error, which often repeats the address, has no policy against what is injected into it.',
    source: MOD_HEADERS,
  },
  'apache-two-tables': {
    severity: 'medium',
    title: 'Set in both tables, and so sent twice',
    explanation: 'Header set and Header always set fill two tables, and an answer that succeeds has both.',
    attack: 'None: what one of the policies refuses does not load; other headers mean nothing when they stand twice.',
    source: MOD_HEADERS,
  },
  'apache-policy-twice': {
    severity: 'medium',
    title: 'Two policies in one answer',
    explanation: 'Header add adds; it does not replace. Every policy of an answer must allow a load.',
    attack: 'None: what one of the policies refuses does not load.',
    source: `CSP3 §8.1; ${MOD_HEADERS}`,
  },
  'apache-value-cut': {
    severity: 'high',
    title: 'A value that is not in quotes',
    explanation: 'A space ends a value: a policy must stand in quotes.',
    attack: 'None: Apache does not start, or goes on with the configuration that it has.',
    source: MOD_HEADERS,
  },
  'apache-if-module': {
    severity: 'note',
    title: 'Headers that are left out without a word',
    explanation: 'Where mod_headers is not loaded, <IfModule> leaves out what stands in it, and nobody is told.',
    attack: 'A server that lacks the module serves all pages without a policy.',
    source: 'Apache HTTP Server, core, <IfModule>',
  },
  'apache-upstream-policy': {
    severity: 'note',
    title: 'What stands behind may send a policy too',
    explanation: 'What an application sends lies in the table "onsuccess", beside what "always" has; both are sent.',
    attack: 'None: what one of the policies refuses does not load.',
    source: `CSP3 §8.1; ${MOD_HEADERS}`,
  },
  'apache-no-policy': {
    severity: 'high',
    title: 'No policy in this configuration',
    explanation: 'A page that takes payments wants one: it is what browsers themselves enforce against injected code.',
    attack: 'Any injected markup runs scripts and sends what it reads anywhere.',
    source: 'CSP3 §1.2; PCI DSS 4.0.1 6.4.3',
  },
  'apache-unseen': {
    severity: 'note',
    title: 'A file that was not looked at',
    explanation: 'Included files that are not here can set headers, too.',
    attack: 'None known: lint the address of the page, which has all headers.',
    source: 'Apache HTTP Server, core, Include',
  },
} as const satisfies Readonly<Record<string, ConfigRule>>;

/** Names of rules about a server's configuration. They are kept, as those of rules about policies. */
export type ConfigRuleId = keyof typeof rules;

/** Every rule about a server's configuration. */
export const CONFIG_RULES: Readonly<Record<ConfigRuleId, ConfigRule>> = rules;

export const isConfigRuleId = (word: string): word is ConfigRuleId => Object.hasOwn(rules, word);

export const CONFIG_RULE_IDS: readonly ConfigRuleId[] = Object.keys(rules).filter(isConfigRuleId);
