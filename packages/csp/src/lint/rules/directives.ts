import { directiveInfo } from '../../syntax/directives.js';
import { directiveOf } from '../../syntax/policy.js';
import { isLoopback } from '../data/hosts.js';
import { MOST, atDirective, type PolicyCheck, type Rule } from '../rule.js';

/** Goes by itself where nothing is lost with it. */
const repeated: PolicyCheck = ({ policy }) =>
  policy.directives
    .filter(({ ignored }) => ignored === 'repeated')
    .slice(0, MOST)
    .map((directive) => {
      const first = directiveOf(policy, directive.name);
      const all = policy.directives.filter(({ name, ignored }) => name === directive.name && ignored === 'repeated');
      const known = new Set(first?.words.map(({ text }) => text));
      const idle = all.every(({ words }) => words.every(({ text }) => known.has(text)));
      return atDirective(
        directive,
        `${directive.name} stands a second time, and browsers read the first alone.`,
        idle ? { op: 'drop', directive: directive.name, which: 'repeated' } : undefined,
      );
    });

const notAscii: PolicyCheck = ({ policy }) =>
  policy.directives
    .filter(({ ignored }) => ignored === 'not-ascii')
    .map((directive) =>
      atDirective(directive, `${directive.name} has letters outside of ASCII, so browsers read over all of it.`),
    );

const ofStatus =
  (status: 'deprecated' | 'gone', say: (name: string) => string): PolicyCheck =>
  (item) =>
    item.policy.directives
      .filter(({ ignored }) => ignored === undefined)
      .filter(({ name }) => directiveInfo(name)?.status === status && name !== 'report-uri')
      .map((directive) =>
        atDirective(directive, say(directive.name), { op: 'drop', directive: directive.name, which: 'all' }),
      );

const inMarkup: PolicyCheck = ({ of, written }) =>
  of !== 'meta'
    ? []
    : written.directives
        .filter(({ name, ignored }) => ignored === undefined && directiveInfo(name)?.inMeta === false)
        .map((directive) =>
          atDirective(directive, `${directive.name} does nothing in a <meta>: send it in a header.`, {
            op: 'drop',
            directive: directive.name,
            which: 'all',
          }),
        );

const upgradesLocal: PolicyCheck = (item, { origin }) =>
  origin.protocol !== 'http:' || !isLoopback(origin.hostname)
    ? []
    : item.policy.directives
        .filter(({ name }) => name === 'upgrade-insecure-requests')
        .map((directive) =>
          atDirective(directive, `On ${origin.origin} it asks for https: of a server that may have none.`, {
            op: 'drop',
            directive: directive.name,
            which: 'all',
          }),
        );

export const directives = {
  'repeated-directive': {
    severity: 'medium',
    scope: 'policy',
    title: 'A directive stands twice',
    explanation: 'Browsers read over the second, so what was added there does nothing.',
    attack: 'A restriction in the second does not hold, or a source that is needed is refused.',
    source: 'CSP3 §2.2.1, 6',
    check: repeated,
  },
  'not-ascii': {
    severity: 'medium',
    scope: 'policy',
    title: 'Letters outside of ASCII',
    explanation: 'Curly quotes, dashes of a word processor, or hosts that want their punycode form.',
    attack: 'What the directive should keep out is let in.',
    source: 'CSP3 §2.2.1, 3',
    check: notAscii,
  },
  'deprecated-directive': {
    severity: 'low',
    scope: 'policy',
    title: 'A directive that is on its way out',
    explanation: 'Browsers upgrade or block mixed content by themselves.',
    attack: 'None.',
    source: 'Mixed Content §5; MDN; csp_evaluator DEPRECATED_DIRECTIVE',
    check: ofStatus('deprecated', (name) => `${name} is deprecated, and browsers do by themselves what it asked for.`),
  },
  'gone-directive': {
    severity: 'low',
    scope: 'policy',
    title: 'A directive that browsers no longer read',
    explanation: 'It was in a draft or in old browsers.',
    attack: 'What it should keep out is let in.',
    source: 'CSP3 §10; MDN; csp_evaluator DEPRECATED_DIRECTIVE',
    check: ofStatus('gone', (name) => `${name} is read by no browser any more.`),
  },
  'useless-in-meta': {
    severity: 'medium',
    scope: 'policy',
    title: 'A directive that markup cannot have',
    explanation: 'frame-ancestors, sandbox and report-uri are read in headers alone.',
    attack: 'What the directive should keep out is let in: any site may frame the page.',
    source: 'HTML §4.2.5.3',
    check: inMarkup,
  },
  'upgrade-on-localhost': {
    severity: 'low',
    scope: 'policy',
    title: 'upgrade-insecure-requests in development',
    explanation: 'Scripts and frames of a local server without TLS are asked for by https:, and fail; browsers differ.',
    attack: 'None: the page may not load in development.',
    source: 'Upgrade Insecure Requests §3.2',
    check: upgradesLocal,
  },
} as const satisfies Readonly<Record<string, Rule>>;
