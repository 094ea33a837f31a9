import { inARow, isAnywhere, isDynamic, isStrict, keywordOf, listFor, scriptLists } from '../ask.js';
import { rowOf } from '../data/hosts.js';
import { SCRIPT_HOSTS, SCRIPT_HOSTS_ORIGIN, type ScriptHost } from '../data/script-hosts.js';
import { NO_TRUSTED_TYPES, TRUSTED_TYPES_ORIGIN } from '../data/trusted-types.js';
import type { HostSource } from '../../syntax/source.js';
import type { Item, Listed } from '../page.js';
import { atWord, onceEach, type Hit, type PolicyCheck, type Rule } from '../rule.js';

/** Words that decide about scripts; beside 'strict-dynamic' browsers read over places. */
const places = (item: Item): readonly Listed[] =>
  onceEach(
    scriptLists(item)
      .filter((list) => !isDynamic(list))
      .flatMap(({ words }) => words),
  );

const hit = (listed: Listed, message: string): Hit => ({ ...atWord(listed, message), directive: 'script-src' });

const anywhere: PolicyCheck = (item) =>
  places(item)
    .filter(({ source }) => isAnywhere(source))
    .map((listed) => hit(listed, `${listed.word.text} in ${listed.directive.name} lets scripts load from any host.`));

const scheme =
  (schemes: readonly string[], why: string): PolicyCheck =>
  (item) =>
    places(item)
      .filter(({ source }) => source.kind === 'scheme' && schemes.includes(source.scheme))
      .map((listed) => hit(listed, `${listed.word.text} in ${listed.directive.name} ${why}.`));

/** How many folders deep a path is. */
const depthOf = (path: string): number => path.split('/').filter((name) => name !== '').length;

/** Whether a source reaches the part of a host that a row is about. */
function reaches({ path = '/' }: HostSource, row: ScriptHost): boolean {
  if (row.kind === 'publisher') return depthOf(path) < row.depth;
  return path.startsWith(row.path) || (path.endsWith('/') && row.path.startsWith(path));
}

const hosted =
  (kinds: readonly ScriptHost['kind'][]): PolicyCheck =>
  (item) => {
    const rows = SCRIPT_HOSTS.filter(({ kind }) => kinds.includes(kind));
    return places(item).flatMap((listed) => {
      const { source, word, directive } = listed;
      if (source.kind !== 'host' || source.host === '*') return [];
      const row = rowOf(rows, source.host);
      if (row === undefined || !reaches(source, row)) return [];
      return [hit(listed, `${word.text} in ${directive.name} is no boundary: ${row.why} (${row.host}).`)];
    });
  };

const isPlace = (listed: Listed): boolean => listed.source.kind === 'host' || keywordOf(listed) === 'self';

const allowList: PolicyCheck = (item) =>
  scriptLists(item).flatMap((list): readonly Hit[] => {
    const listed = onceEach(list.words.filter(isPlace));
    const [first] = listed;
    if (first === undefined || isDynamic(list)) return [];
    const words = inARow(listed.map(({ word }) => word.text));
    const beside = isStrict(list) ? ' beside its nonces or hashes' : '';
    return [
      hit(
        first,
        `${list.name} trusts whole places${beside} (${words}); nonces or hashes with 'strict-dynamic' trust scripts.`,
      ),
    ];
  });

const brokenSdk: PolicyCheck = (item) => {
  const { policy, words } = item;
  if (!policy.directives.some(({ name, words: all }) => name === 'require-trusted-types-for' && all.length > 0))
    return [];
  return NO_TRUSTED_TYPES.flatMap((row) => {
    const listed = words.find(({ source }) => source.kind === 'host' && rowOf([row], source.host) !== undefined);
    if (listed === undefined) return [];
    const message = `Trusted Types are required, and the SDK of ${listed.word.text} is known to fail under them: ${row.why}.`;
    return [atWord(listed, message)];
  });
};

/** Workers run code of their own, which a blob may bring. */
const blobWorkers: PolicyCheck = (item) => {
  const found = listFor(item, 'worker-src')?.words.find(
    ({ source }) => source.kind === 'scheme' && source.scheme === 'data',
  );
  return found === undefined || places(item).includes(found)
    ? []
    : [
        {
          ...atWord(found, `${found.word.text} in ${found.directive.name} lets text become a worker.`),
          directive: 'worker-src',
        },
      ];
};

export const scriptHosts = {
  'script-from-anywhere': {
    severity: 'high',
    scope: 'policy',
    closable: true,
    title: 'Scripts from any host',
    explanation: 'A star, https: and http: name the whole web.',
    attack: 'Injected markup loads a script from the attacker’s own host.',
    source: 'CSP3 §6.7.2.8; csp_evaluator PLAIN_WILDCARD, PLAIN_URL_SCHEMES',
    check: anywhere,
  },
  'script-from-data': {
    severity: 'high',
    scope: 'policy',
    closable: true,
    title: 'Scripts from data: or filesystem:',
    explanation: 'The address is the script, so whoever writes the address writes the script.',
    attack: 'Injected markup carries its script in the address.',
    source: 'CSP3 §2.3.1; csp_evaluator PLAIN_URL_SCHEMES',
    check: scheme(['data', 'filesystem'], 'lets an address be the script'),
  },
  'script-from-blob': {
    severity: 'low',
    scope: 'policy',
    closable: true,
    title: 'Scripts from blob:',
    explanation:
      'A blob is made by a script that runs already; it turns a gadget that makes blobs into one that makes code.',
    attack: 'A gadget of the page that makes a blob of text makes code of it.',
    source: 'CSP3 §2.3.1; MDN script-src',
    check: scheme(['blob'], 'lets a blob be the script'),
  },
  'worker-from-data': {
    severity: 'low',
    scope: 'policy',
    closable: true,
    title: 'Workers from data:',
    explanation: 'The address is the worker’s code.',
    attack: 'A script that controls an address runs code of its own in a worker.',
    source: 'CSP3 §6.1.16',
    check: blobWorkers,
  },
  'script-bypass-host': {
    severity: 'high',
    scope: 'policy',
    closable: true,
    title: 'A host that runs code for others',
    explanation:
      'Hosts with JSONP or with old frameworks run what an address or markup says, so allowing them allows injected code.',
    attack:
      'Injected markup has that host answer with the attacker’s call, or loads a library that runs the attacker’s markup.',
    source: `${SCRIPT_HOSTS_ORIGIN.source} (${SCRIPT_HOSTS_ORIGIN.date})`,
    check: hosted(['jsonp', 'gadget']),
  },
  'script-public-host': {
    severity: 'high',
    scope: 'policy',
    closable: true,
    title: 'A host where anybody can publish',
    explanation: 'Name exact files there by hash, or serve them from a host of your own.',
    attack: 'The attacker publishes a script there and injects markup that loads it.',
    source: `${SCRIPT_HOSTS_ORIGIN.source} (${SCRIPT_HOSTS_ORIGIN.date})`,
    check: hosted(['publisher']),
  },
  'script-tag-manager': {
    severity: 'low',
    scope: 'policy',
    closable: true,
    title: 'A tag manager',
    explanation:
      'PCI DSS wants each script of a payment page authorised and justified; a container changes without a release.',
    attack: 'Who gets an account of the container, or has one of their own there, adds a script that reads the page.',
    source: 'PCI DSS 4.0.1 6.4.3',
    check: hosted(['tags']),
  },
  'script-allow-list': {
    severity: 'note',
    scope: 'policy',
    title: 'Scripts trusted by their place',
    explanation: 'A list of hosts is as strong as the worst file on any of them: JSONP, old libraries, uploads.',
    attack: 'Any file on a named host that runs what an address or markup says is a way around the policy.',
    source: 'CSP3 §8.2; csp_evaluator SCRIPT_ALLOWLIST_BYPASS, STRICT_DYNAMIC',
    check: allowList,
  },
  'trusted-types-break': {
    severity: 'medium',
    scope: 'policy',
    title: 'An SDK that fails under Trusted Types',
    explanation: 'Known from reports; look whether your version is mended, or require them for pages without that SDK.',
    attack: 'None: the SDK does not start in browsers that enforce Trusted Types.',
    source: `${TRUSTED_TYPES_ORIGIN.source} (${TRUSTED_TYPES_ORIGIN.date})`,
    check: brokenSdk,
  },
} as const satisfies Readonly<Record<string, Rule>>;
