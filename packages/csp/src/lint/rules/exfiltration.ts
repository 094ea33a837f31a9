import { inARow, isAnywhere, isSaid, listFor } from '../ask.js';
import { COLLECTORS, COLLECTORS_ORIGIN } from '../data/collectors.js';
import { rowOf } from '../data/hosts.js';
import { atWord, onceEach, type Hit, type PageCheck, type PolicyCheck, type Rule } from '../rule.js';
import { valueOf } from '../../syntax/policy.js';

const ways = ['connect-src', 'img-src', 'font-src', 'media-src', 'style-src', 'frame-src', 'manifest-src'] as const;
type Way = (typeof ways)[number];

/** What may leave by each of these, as people call it. */
const WAYS: Readonly<Record<Way, string>> = {
  'connect-src': 'fetch, XMLHttpRequest, beacons and sockets',
  'img-src': 'the address of an image',
  'font-src': 'the address of a font',
  'media-src': 'the address of audio or video',
  'style-src': 'the address of a style sheet',
  'frame-src': 'the address of a frame',
  'manifest-src': 'the address of a manifest',
};

const open =
  (names: readonly (Way | 'form-action')[]): PolicyCheck =>
  (item) =>
    names.flatMap((name): readonly Hit[] => {
      const list = listFor(item, name);
      const found = list?.words.find(({ source }) => isAnywhere(source));
      if (list === undefined || found === undefined) return [];
      const way = name === 'form-action' ? 'forms' : WAYS[name];
      const because = list.name === name ? '' : ` (there is no ${name}, so ${list.name} stands in)`;
      return [{ ...atWord(found, `${found.word.text} lets ${way} reach any host${because}.`), directive: name }];
    });

const missingDefault: PageCheck = (page) => {
  const unsaid = ways.filter((name) => !isSaid(page, name));
  if (page.main === undefined || unsaid.length === 0) return [];
  return [
    {
      item: page.main,
      directive: 'default-src',
      message: `There is no default-src, so nothing is said of ${inARow(unsaid)}.`,
    },
  ];
};

/** CSP3 §6.8.4: hints are kept in by default-src, and where that is not there by nothing. */
const openPrefetch: PageCheck = (page) =>
  page.main === undefined || isSaid(page, 'default-src') || ways.some((name) => !isSaid(page, name))
    ? []
    : [
        {
          item: page.main,
          directive: 'default-src',
          message: 'There is no default-src, so prefetches and other hints may go to any host.',
          change: { op: 'ensure', directive: 'default-src', words: ["'self'"] },
        },
      ];

const missingFormAction: PageCheck = (page) => {
  if (page.main === undefined || isSaid(page, 'form-action')) return [];
  const needed = (page.input.needs?.forms ?? []).map((url) => new URL(url).origin);
  return [
    {
      item: page.main,
      directive: 'form-action',
      message: 'There is no form-action, and default-src does not stand in for it.',
      change: { op: 'ensure', directive: 'form-action', words: ["'self'", ...new Set(needed)] },
    },
  ];
};

const SENDING = ['connect-src', 'img-src', 'form-action'] as const;

const collectors: PolicyCheck = (item) => {
  const words = SENDING.flatMap((name) => listFor(item, name)?.words ?? []);
  return onceEach(words).flatMap((listed) => {
    const { source, word, directive } = listed;
    const row = source.kind === 'host' && source.host !== '*' ? rowOf(COLLECTORS, source.host) : undefined;
    if (row === undefined) return [];
    return [atWord(listed, `${word.text} in ${directive.name} may also be the attacker’s: ${row.why}.`)];
  });
};

/** WebRTC asks no source list; only a policy that is tight otherwise is told. */
const openWebrtc: PageCheck = ({ enforced, main }) => {
  if (main === undefined || enforced.some(({ policy }) => valueOf(policy, 'webrtc')?.includes("'block'") === true))
    return [];
  const said = enforced.find(({ policy }) => valueOf(policy, 'webrtc') !== undefined);
  const open = said?.policy.directives.find(({ name }) => name === 'webrtc');
  if (said === undefined || open === undefined) return [];
  return [
    {
      item: said,
      start: open.start,
      length: open.written.length,
      directive: 'webrtc',
      message: "webrtc is there, but does not say 'block'.",
      change: { op: 'set', directive: 'webrtc', words: ["'block'"] },
    },
  ];
};

export const exfiltration = {
  'open-connect-src': {
    severity: 'high',
    scope: 'policy',
    closable: true,
    title: 'Connections to any host',
    explanation: 'Keeping scripts out is one wall; keeping what they read in is the second. It falls with connect-src.',
    attack: 'A script that got in posts what it read to a host of its own.',
    source: 'CSP3 §6.1.2; PCI DSS 4.0.1 6.4.3',
    check: open(['connect-src']),
  },
  'open-form-action': {
    severity: 'high',
    scope: 'policy',
    closable: true,
    title: 'Forms to any host',
    explanation: 'A form needs no script to send what stands in it.',
    attack: 'Injected markup sends a form of the page, with what the customer typed, to the attacker.',
    source: 'CSP3 §6.3.2',
    check: open(['form-action']),
  },
  'open-frame-src': {
    severity: 'medium',
    scope: 'policy',
    closable: true,
    title: 'Frames from any host',
    explanation: 'A payment page has few frames, and their origins are known.',
    attack: 'Injected markup puts a look-alike of the payment fields in the place of the real ones.',
    source: 'CSP3 §6.1.5; PCI SSC, Payment Page Security and Preventing E-Skimming, 2025-03',
    check: open(['frame-src']),
  },
  'open-img-src': {
    severity: 'low',
    scope: 'policy',
    closable: true,
    title: 'Images from any host',
    explanation: 'An address is a message. Many sites leave images open; a payment page need not.',
    attack: 'A script or style that got in sends what it read in the address of an image.',
    source: 'CSP3 §6.1.7',
    check: open(['img-src']),
  },
  'open-other-src': {
    severity: 'low',
    scope: 'policy',
    closable: true,
    title: 'Fonts, media or styles from any host',
    explanation: 'Every load is a message to who serves it.',
    attack: 'A script or style that got in sends what it read in an address.',
    source: 'CSP3 §6.1',
    check: open(['font-src', 'media-src', 'style-src', 'manifest-src']),
  },
  'missing-default-src': {
    severity: 'medium',
    scope: 'page',
    title: 'No default-src',
    explanation: 'What no directive names may load from anywhere and send anything there.',
    attack: 'A script that got in sends what it read by a way that the policy does not name.',
    source: 'CSP3 §6.1.3, §6.8.3',
    check: missingDefault,
  },
  'open-prefetch': {
    severity: 'note',
    scope: 'page',
    title: 'Prefetches to any host',
    explanation: 'Hints have no directive of their own; default-src is what keeps them in.',
    attack: 'A script that got in sends what it read in the address of a prefetch.',
    source: 'CSP3 §6.8.4',
    check: openPrefetch,
  },
  'missing-form-action': {
    severity: 'medium',
    scope: 'page',
    title: 'No form-action',
    explanation: 'default-src does not stand in for form-action. Name your payment pages too, if forms post to them.',
    attack: 'Injected markup sends a form of the page, with what the customer typed, to the attacker.',
    source: 'CSP3 §6.3.2; MDN form-action',
    check: missingFormAction,
  },
  'collector-host': {
    severity: 'low',
    scope: 'policy',
    closable: true,
    title: 'A host where the attacker may have an account too',
    explanation: 'A list of hosts cannot tell your account from another’s. Keep such hosts off payment pages.',
    attack: 'A script that got in sends what it read to the attacker’s own account on an allowed host.',
    source: `${COLLECTORS_ORIGIN.source} (${COLLECTORS_ORIGIN.date})`,
    check: collectors,
  },
  'open-webrtc': {
    severity: 'note',
    scope: 'page',
    title: 'webrtc without block',
    explanation: 'WebRTC asks no source list; where a browser knows the directive, block is what keeps it in.',
    attack: 'A script that got in sends what it read by a peer connection, which connect-src does not see.',
    source: 'CSP3 §6.6.1',
    check: openWebrtc,
  },
} as const satisfies Readonly<Record<string, Rule>>;
