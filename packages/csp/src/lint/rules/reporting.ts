import { directiveOf } from '../../syntax/policy.js';
import type { Item, Page } from '../page.js';
import { atDirective, atWord, type Hit, type PageCheck, type PolicyCheck, type Rule } from '../rule.js';

const reports = ({ policy }: Item): boolean =>
  directiveOf(policy, 'report-to') !== undefined || directiveOf(policy, 'report-uri') !== undefined;

const noPolicy: PageCheck = ({ items, input }) => {
  const { enforced = [], reported = [], meta = [] } = input;
  if (items.length > 0) return [];
  const silent = [...enforced, ...reported, ...meta].some((text) => text.trim() !== '');
  return [
    {
      message: silent
        ? 'There is a policy, but no directive in it that browsers read.'
        : 'There is no policy: neither in a header nor in the markup.',
    },
  ];
};

const onlyReports: PageCheck = ({ items, enforced }) => {
  const [item] = items;
  if (item === undefined || enforced.length > 0) return [];
  return [{ item, message: 'The policy only reports: nothing is refused.' }];
};

const noReports: PageCheck = ({ items, main }) =>
  main === undefined || items.some(reports)
    ? []
    : [
        {
          item: main,
          directive: 'report-to',
          message: 'There is neither report-to nor report-uri, so nobody hears of a violation.',
        },
      ];

/** Names of the header, each before its address (Reporting API §3.2); and those of the header that it replaced. */
function endpoints({ input }: Page): readonly string[] | undefined {
  if (input.headers === undefined) return undefined;
  const now = (input.headers['reporting-endpoints'] ?? '').split(',').map((part) => part.split('=')[0]?.trim() ?? '');
  const before = [...(input.headers['report-to'] ?? '').matchAll(/"group"\s*:\s*"([^"]*)"/gu)].map(
    ([, group = '']) => group,
  );
  return [...now, ...before].filter((name) => name !== '');
}

const uriAlone: PolicyCheck = ({ policy }, page) => {
  const uri = directiveOf(policy, 'report-uri');
  if (uri === undefined || directiveOf(policy, 'report-to') !== undefined) return [];
  const [name] = endpoints(page) ?? [];
  return [
    atDirective(
      uri,
      'report-uri is deprecated and stands without report-to.',
      name === undefined || !/^[a-z][\w.*-]*$/u.test(name)
        ? undefined
        : { op: 'ensure', directive: 'report-to', words: [name] },
    ),
  ];
};

const toAlone: PolicyCheck = ({ policy }) => {
  const to = directiveOf(policy, 'report-to');
  if (to === undefined || directiveOf(policy, 'report-uri') !== undefined) return [];
  return [atDirective(to, 'report-to stands without report-uri, which older browsers ask (Firefox before 149).')];
};

const noEndpoint: PolicyCheck = ({ policy }, page) => {
  const to = directiveOf(policy, 'report-to');
  const known = endpoints(page);
  if (to === undefined || known === undefined) return [];
  const name = to.words[0]?.text ?? '';
  if (known.includes(name)) return [];
  return [
    atDirective(
      to,
      `No Reporting-Endpoints header names ${name === '' ? 'an endpoint' : name}, so reports go nowhere.`,
    ),
  ];
};

/** A scan for tampering wants to hear what scripts ran; that is for reports, and no finding where it lacks. */
const uriWithoutAddress: PolicyCheck = ({ policy }): readonly Hit[] => {
  const uri = directiveOf(policy, 'report-uri');
  return uri?.words.length === 0 ? [atDirective(uri, 'report-uri has no address.')] : [];
};

const uriInsecure: PolicyCheck = ({ policy }) => {
  const uri = directiveOf(policy, 'report-uri');
  return (uri?.words ?? [])
    .filter(({ text }) => text.toLowerCase().startsWith('http://'))
    .flatMap((word) =>
      uri === undefined ? [] : [atWord({ directive: uri, word }, `${word.text} takes reports without TLS.`)],
    );
};

export const reporting = {
  'no-policy': {
    severity: 'high',
    scope: 'page',
    title: 'No policy',
    explanation: 'A page that takes payments wants one: it is what browsers themselves enforce against injected code.',
    attack: 'Any injected markup runs scripts and sends what it reads anywhere.',
    source: 'CSP3 §1.2; PCI DSS 4.0.1 6.4.3',
    check: noPolicy,
  },
  'only-reports': {
    severity: 'medium',
    scope: 'page',
    title: 'Nothing is enforced',
    explanation: 'Content-Security-Policy-Report-Only is for trying a policy.',
    attack: 'Everything that the policy names happens, and is reported after.',
    source: 'CSP3 §3.2',
    check: onlyReports,
  },
  'no-reports': {
    severity: 'note',
    scope: 'page',
    title: 'No reports',
    explanation:
      'Reports tell of attacks, and of your own pages that a policy breaks. PCI DSS wants changes of scripts and headers noticed.',
    attack: 'An attack that the policy stops stays unnoticed.',
    source: 'CSP3 §5; PCI DSS 4.0.1 11.6.1; csp_evaluator REPORTING_DESTINATION_MISSING',
    check: noReports,
  },
  'report-uri-alone': {
    severity: 'note',
    scope: 'policy',
    title: 'report-uri without report-to',
    explanation: 'Say both: browsers that know report-to read over report-uri.',
    attack: 'None today; reports end when browsers drop report-uri.',
    source: 'CSP3 §6.5.1; MDN report-uri',
    check: uriAlone,
  },
  'report-to-alone': {
    severity: 'note',
    scope: 'policy',
    title: 'report-to without report-uri',
    explanation: 'Say both until older browsers are gone.',
    attack: 'An attack in an older browser stays unnoticed.',
    source: 'CSP3 §6.5.2; web-features, Reporting API (2026-03-24); csp_evaluator REPORT_TO_ONLY',
    check: toAlone,
  },
  'report-to-nowhere': {
    severity: 'low',
    scope: 'policy',
    title: 'report-to names an endpoint that no header has',
    explanation: 'The name must stand in Reporting-Endpoints of the same answer.',
    attack: 'An attack that the policy stops stays unnoticed.',
    source: 'Reporting API §3.2; CSP3 §6.5.2',
    check: noEndpoint,
  },
  'report-uri-empty': {
    severity: 'low',
    scope: 'policy',
    title: 'report-uri without an address',
    explanation: 'Most often the template’s variable was not filled in.',
    attack: 'An attack that the policy stops stays unnoticed.',
    source: 'CSP3 §6.5.1',
    check: uriWithoutAddress,
  },
  'report-uri-insecure': {
    severity: 'low',
    scope: 'policy',
    title: 'Reports without TLS',
    explanation: 'A report names pages and their addresses. Browsers may refuse to send it from a page with TLS.',
    attack: 'Who sits between reads which pages customers visit.',
    source: 'Mixed Content §5.1; csp_evaluator SRC_HTTP',
    check: uriInsecure,
  },
} as const satisfies Readonly<Record<string, Rule>>;
