/** Where a report names something. */
export type NoisePlace = 'blocked' | 'source' | 'document' | 'sample';

/** Reports that are about the visitor's browser and not about the page. */
export interface NoiseRule {
  /** As counted. */
  readonly id: string;
  readonly reason: string;
  readonly places: readonly NoisePlace[];
  readonly match:
    /** Schemes of addresses, or the words that stand for them. */
    | { readonly kind: 'scheme'; readonly schemes: readonly string[] }
    /** Hosts; `*.` stands for every name below. */
    | { readonly kind: 'host'; readonly hosts: readonly string[] }
    /** Texts inside of a sample of code. */
    | { readonly kind: 'text'; readonly texts: readonly string[] };
}

/**
 * What browsers report though no page can do anything about it.
 *
 * Security: a rule hides nothing, for what it filters is counted; yet each is a place to hide in, so that they are few and narrow. What was
 * refused is the browser's word. The source is not: a script that says `//# sourceURL=chrome-extension://…` is named so in its reports. Nor is
 * an empty document: any script makes one, which has the policy of the page, and asks the web from there. So neither makes noise of a request
 * to the web. A sample is a page's own, so that only long names of one product are named.
 */
export const NOISE: readonly NoiseRule[] = [
  {
    id: 'extension',
    reason: 'An extension of the browser loaded or ran something in the page.',
    places: ['blocked', 'source', 'document'],
    match: {
      kind: 'scheme',
      schemes: [
        'chrome-extension',
        'moz-extension',
        'safari-web-extension',
        'safari-extension',
        'ms-browser-extension',
        // Safari shows the addresses of its extensions so.
        'webkit-masked-url',
      ],
    },
  },
  {
    id: 'browser',
    reason: 'Code of the browser itself ran in the page.',
    places: ['blocked', 'source'],
    match: { kind: 'scheme', schemes: ['chrome', 'resource', 'user-script'] },
  },
  {
    id: 'about',
    reason: 'An empty document, or code in one: what puts it into a page is most often an extension.',
    places: ['blocked', 'document'],
    match: { kind: 'scheme', schemes: ['about'] },
  },
  {
    id: 'translated-copy',
    reason: 'A copy of the page at a translation service or in a cache, under an origin that its policy does not know.',
    places: ['document'],
    match: {
      kind: 'host',
      hosts: ['*.translate.goog', 'translate.googleusercontent.com', 'webcache.googleusercontent.com'],
    },
  },
  {
    id: 'translation',
    reason: "The browser's own translation of the page.",
    places: ['blocked', 'source'],
    match: { kind: 'host', hosts: ['translate.googleapis.com', 'translate-pa.googleapis.com'] },
  },
  {
    id: 'antivirus',
    reason: 'A virus scanner on the machine writes itself into pages.',
    places: ['blocked', 'source'],
    match: { kind: 'host', hosts: ['*.scr.kaspersky-labs.com'] },
  },
  {
    id: 'injected',
    reason: 'A filter or virus scanner wrote a known script or style into the page.',
    places: ['sample'],
    match: { kind: 'text', texts: ['AG_onLoad', 'klTabId_kis', '.cip-genpw-icon', '.autocardanywhere-'] },
  },
];

/** What rules look at: of a report or of an event. */
export type NoiseFacts = Readonly<Partial<Record<NoisePlace, string | undefined>>>;

const schemeOf = (text: string): string => text.split(':', 1)[0]?.toLowerCase() ?? '';
const hostOf = (text: string): string => (URL.canParse(text) ? new URL(text).hostname : '');
const hostFits = (named: string, host: string): boolean =>
  named.startsWith('*.') ? host.endsWith(named.slice(1)) : host === named;

function fits({ match }: NoiseRule, text: string): boolean {
  switch (match.kind) {
    case 'scheme':
      return match.schemes.includes(schemeOf(text));
    case 'host':
      return match.hosts.some((host) => hostFits(host, hostOf(text)));
    case 'text':
      return match.texts.some((part) => text.includes(part));
  }
}

const isOfWeb = (text: string): boolean => /^(?:https?|wss?):/iu.test(text);

/** Whether a script of the page has a word in it. */
const isOfPage = (place: NoisePlace, { match }: NoiseRule): boolean =>
  place === 'source' || (place === 'document' && match.kind === 'scheme');

/** The first rule that a report falls under. */
export const noiseOf = (facts: NoiseFacts, rules: readonly NoiseRule[] = NOISE): NoiseRule | undefined =>
  rules.find((rule) =>
    rule.places
      .filter((place) => !isOfPage(place, rule) || !isOfWeb(facts.blocked ?? ''))
      .some((place) => fits(rule, facts[place] ?? '')),
  );
