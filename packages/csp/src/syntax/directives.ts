/** What may stand after a directive's name. */
export type ValueKind = 'sources' | 'ancestors' | 'tokens' | 'addresses' | 'nothing';

/** What a directive is, by CSP3 and the specifications that add to it. */
export interface DirectiveInfo {
  readonly value: ValueKind;
  /** Asked in its place where a policy does not have it, in this order (CSP3 §6.8.3). */
  readonly fallback: readonly DirectiveName[];
  /** Whether a policy in a document's own markup may have it (HTML §4.2.5.3). */
  readonly inMeta: boolean;
  /** `gone`: browsers read over it. */
  readonly status: 'standard' | 'new' | 'deprecated' | 'gone';
}

type Row = readonly [value: ValueKind, fallback?: readonly string[], rest?: Partial<DirectiveInfo>];

const rows = {
  'default-src': ['sources'],
  'child-src': ['sources', ['default-src']],
  'connect-src': ['sources', ['default-src']],
  'font-src': ['sources', ['default-src']],
  'frame-src': ['sources', ['child-src', 'default-src']],
  'img-src': ['sources', ['default-src']],
  'manifest-src': ['sources', ['default-src']],
  'media-src': ['sources', ['default-src']],
  'object-src': ['sources', ['default-src']],
  'script-src': ['sources', ['default-src']],
  'script-src-elem': ['sources', ['script-src', 'default-src']],
  'script-src-attr': ['sources', ['script-src', 'default-src']],
  'style-src': ['sources', ['default-src']],
  'style-src-elem': ['sources', ['style-src', 'default-src']],
  'style-src-attr': ['sources', ['style-src', 'default-src']],
  'worker-src': ['sources', ['child-src', 'script-src', 'default-src']],
  'fenced-frame-src': ['sources', ['frame-src', 'child-src', 'default-src'], { status: 'new' }],
  'base-uri': ['sources'],
  'form-action': ['sources'],
  'frame-ancestors': ['ancestors', [], { inMeta: false }],
  sandbox: ['tokens', [], { inMeta: false }],
  'report-uri': ['addresses', [], { inMeta: false, status: 'deprecated' }],
  'report-to': ['tokens'],
  'require-trusted-types-for': ['tokens'],
  'trusted-types': ['tokens'],
  'upgrade-insecure-requests': ['nothing'],
  webrtc: ['tokens', [], { status: 'new' }],
  'block-all-mixed-content': ['nothing', [], { status: 'deprecated' }],
  'navigate-to': ['sources', [], { status: 'gone' }],
  'plugin-types': ['tokens', [], { status: 'gone' }],
  'prefetch-src': ['sources', ['default-src'], { status: 'gone' }],
  referrer: ['tokens', [], { status: 'gone' }],
  'reflected-xss': ['tokens', [], { status: 'gone' }],
  'require-sri-for': ['tokens', [], { status: 'gone' }],
} as const satisfies Readonly<Record<string, Row>>;

/** A directive that some browser knows or knew. */
export type DirectiveName = keyof typeof rows;

const infoOf = ([value, fallback = [], rest = {}]: Row): DirectiveInfo => ({
  value,
  fallback: fallback.filter(isDirective),
  inMeta: true,
  status: 'standard',
  ...rest,
});

/** Whether any browser knows or knew a directive of this name, which is in lower case. */
export function isDirective(name: string): name is DirectiveName {
  return Object.hasOwn(rows, name);
}

const table = new Map<string, DirectiveInfo>(Object.entries<Row>(rows).map(([name, row]) => [name, infoOf(row)]));

/** What is known of a directive, by its name in lower case; `undefined` for one that no browser knows. */
export const directiveInfo = (name: string): DirectiveInfo | undefined => table.get(name);

/** All names, in the order in which people read policies. */
export const DIRECTIVES: readonly DirectiveName[] = Object.keys(rows).filter(isDirective);
