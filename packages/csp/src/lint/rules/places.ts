import { isAnywhere, listsFor } from '../ask.js';
import { isLoopback } from '../data/hosts.js';
import { isEnding, isShared, SHARED_HOSTING_ORIGIN } from '../data/shared-hosting.js';
import { printSource, type HostSource } from '../../syntax/source.js';
import type { Change } from '../change.js';
import type { Item, Listed } from '../page.js';
import { atWord, onceEach, type Hit, type PolicyCheck, type Rule } from '../rule.js';

interface Placed {
  readonly listed: Listed;
  readonly source: HostSource;
}

/** Each place of a policy once, but for those that mean everywhere. */
const placesOf = (words: Item['words']): readonly Placed[] =>
  onceEach(words).flatMap((listed) => {
    const { source } = listed;
    return source.kind === 'host' && !isAnywhere(source) ? [{ listed, source }] : [];
  });

const about =
  (fits: (source: HostSource) => boolean, say: (placed: Placed) => Hit): PolicyCheck =>
  ({ words }) =>
    placesOf(words)
      .filter(({ source }) => fits(source))
      .map(say);

const textOf = ({ listed }: Placed): string => `${listed.word.text} in ${listed.directive.name}`;

const shared = about(
  ({ host, path = '/' }) => (host.startsWith('*.') ? isShared(host.slice(2)) : path === '/' && isShared(host)),
  (placed) => atWord(placed.listed, `${textOf(placed)} lets everybody in who has an account with that hoster.`),
);

const ending = about(
  ({ host }) => host.startsWith('*.') && isEnding(host.slice(2)),
  (placed) => atWord(placed.listed, `${textOf(placed)} lets in every site whose name ends so.`),
);

const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$/u;

const isPlain = ({ scheme, host }: HostSource): boolean =>
  (scheme === 'http' || scheme === 'ws') && !isLoopback(host) && !ADDRESS.test(host);

/** The secure form; port 80 is not its port. Of any other port nobody knows whether TLS is spoken there, and browsers did not ask for it so. */
function secured({ listed, source }: Placed): Change | undefined {
  const { scheme, port } = source;
  if (port !== undefined && port !== '80' && port !== '*') return undefined;
  const by = printSource({
    ...source,
    scheme: scheme === 'ws' ? 'wss' : 'https',
    port: port === '80' ? undefined : port,
  });
  return { op: 'replace', directive: listed.directive.name, word: listed.word.text, by };
}

const plain = about(isPlain, (placed) =>
  atWord(placed.listed, `${textOf(placed)} may come without TLS.`, secured(placed)),
);

const plainScheme: PolicyCheck = ({ words }) =>
  onceEach(words)
    .filter(({ source }) => source.kind === 'scheme' && (source.scheme === 'http' || source.scheme === 'ws'))
    .map((listed) =>
      atWord(listed, `${listed.word.text} in ${listed.directive.name} takes anything that comes without TLS.`),
    );

const address = about(
  ({ host }) => ADDRESS.test(host) && !isLoopback(host),
  (placed) => atWord(placed.listed, `${textOf(placed)} is an IP address, which CSP matches for 127.0.0.1 alone.`),
);

const loopback: PolicyCheck = (item, page) =>
  isLoopback(page.origin.hostname)
    ? []
    : about(
        ({ host }) => isLoopback(host),
        (placed) =>
          atWord(placed.listed, `${textOf(placed)} is the customer’s own machine, and was left over from development.`),
      )(item, page);

/** On a page with TLS the two mean the same, so the change keeps what is allowed. */
const schemeless: PolicyCheck = (item, page) =>
  page.origin.protocol !== 'https:'
    ? []
    : about(
        ({ scheme, host }) => scheme === undefined && host.includes('.') && !ADDRESS.test(host),
        ({ listed, source }) =>
          atWord(
            listed,
            `${listed.word.text} in ${listed.directive.name} has no scheme, so it takes that of the page.`,
            {
              op: 'replace',
              directive: listed.directive.name,
              word: listed.word.text,
              by: printSource({ ...source, scheme: 'https' }),
            },
          ),
      )(item, page);

const last = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const exactPath = about(
  ({ path }) => path !== undefined && last(path) !== '' && !last(path).includes('.'),
  (placed) =>
    atWord(
      placed.listed,
      `${textOf(placed)} names that one address; with a slash at the end it would name all below it.`,
    ),
);

/** Where loads run code or carry data; for images a dropped path costs little. */
const pathDropped: PolicyCheck = (item) =>
  listsFor(item, ['script-src', 'script-src-elem', 'connect-src', 'frame-src']).flatMap(({ words }) => {
    const pathed = words.find(
      ({ source }) => source.kind === 'host' && source.path !== undefined && source.path !== '/',
    );
    if (pathed === undefined) return [];
    const { word, directive } = pathed;
    return [atWord(pathed, `The path of ${word.text} in ${directive.name} counts for nothing after a redirect.`)];
  });

export const places = {
  'shared-hosting': {
    severity: 'high',
    scope: 'policy',
    closable: true,
    title: 'A star over shared hosting',
    explanation: 'Name your own host there in full, or give it a name of your own.',
    attack: 'The attacker has an account with the same hoster and serves, or receives, what it likes.',
    source: `${SHARED_HOSTING_ORIGIN.source} (${SHARED_HOSTING_ORIGIN.date})`,
    check: shared,
  },
  'every-site-of-an-ending': {
    severity: 'high',
    scope: 'policy',
    closable: true,
    title: 'A star over a whole ending',
    explanation: 'The star stands before a name under which anybody registers.',
    attack: 'The attacker registers a name with that ending.',
    source: 'CSP3 §2.3.1; Public Suffix List',
    check: ending,
  },
  'http-source': {
    severity: 'low',
    scope: 'policy',
    title: 'A source without TLS',
    explanation: 'http: also allows https:, so naming https: only takes the insecure form away.',
    attack: 'Who sits between changes what is loaded, where the page itself came without TLS.',
    source: 'CSP3 §6.7.2.9; csp_evaluator SRC_HTTP',
    check: plain,
  },
  'http-scheme': {
    severity: 'low',
    scope: 'policy',
    title: 'Any source without TLS',
    explanation: 'http: names the whole web, with and without TLS.',
    attack: 'Who sits between changes what is loaded, where the page itself came without TLS.',
    source: 'CSP3 §6.7.2.9; csp_evaluator SRC_HTTP, PLAIN_URL_SCHEMES',
    check: plainScheme,
  },
  'ip-source': {
    severity: 'low',
    scope: 'policy',
    title: 'An IP address as a source',
    explanation: 'By the specification an address other than 127.0.0.1 matches nothing; browsers differ.',
    attack: 'None by the specification; who gets that address later gets the trust, where a browser matches it.',
    source: 'CSP3 §6.7.2.10; csp_evaluator IP_SOURCE',
    check: address,
  },
  'localhost-source': {
    severity: 'low',
    scope: 'policy',
    title: 'localhost in a policy for customers',
    explanation: 'Keep addresses of development in the policy of development.',
    attack: 'A program on the customer’s machine that listens there serves, or receives, what the policy allows.',
    source: 'CSP3 §6.7.2.10; csp_evaluator IP_SOURCE',
    check: loopback,
  },
  'host-without-scheme': {
    severity: 'note',
    scope: 'policy',
    title: 'A host without a scheme',
    explanation: 'On a page with TLS it means https:; on a copy of the page without TLS it means both.',
    attack: 'Where the page is served without TLS, who sits between changes what is loaded.',
    source: 'CSP3 §6.7.2.8',
    check: schemeless,
  },
  'exact-path': {
    severity: 'low',
    scope: 'policy',
    title: 'A path that looks like a folder and is not',
    explanation: 'Without a slash at its end a path names exactly one address.',
    attack: 'None: files below it are refused.',
    source: 'CSP3 §6.7.2.12',
    check: exactPath,
  },
  'path-after-redirect': {
    severity: 'note',
    scope: 'policy',
    title: 'A path is dropped by redirects',
    explanation:
      'After a redirect only scheme, host and port are compared, so that a policy tells nothing of other sites.',
    attack: 'An open redirect on any allowed host reaches every file of the host, whatever the path says.',
    source: 'CSP3 §7.6',
    check: pathDropped,
  },
} as const satisfies Readonly<Record<string, Rule>>;
