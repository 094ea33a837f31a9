import { decode, type Issue } from '../schema/decode.js';
import type { Infer } from '../schema/schema.js';
import {
  configSchema,
  type CloisterConfig,
  type CollectionConfig,
  type FieldConfig,
  type fieldConfig,
} from './config.js';
import type { FieldType } from './vocabulary.js';

/** What is wrong with a configuration, where (JSON Pointer), and how to mend it. */
export interface ConfigIssue {
  readonly path: string;
  readonly problem: string;
  readonly fix: string;
}

/** A configuration, or everything that is wrong with it. */
export type ParsedConfig =
  | { readonly ok: true; readonly config: CloisterConfig }
  | { readonly ok: false; readonly issues: readonly ConfigIssue[] };

type RawConfig = Infer<typeof configSchema>;
type RawField = Infer<typeof fieldConfig>;

const MINUTE = 60_000;
const UNITS: Readonly<Record<string, number>> = { m: MINUTE, h: 60 * MINUTE, d: 24 * 60 * MINUTE };
const CVC_MAX = 60 * MINUTE;

const FIXES: Readonly<Record<Issue['problem'], string>> = {
  type: 'use the kind of value that the schema names (text, list, object, number, true or false)',
  constant: 'use the one value that is allowed here',
  choice: 'use one of the listed words',
  'too-short': 'it must not be empty',
  'too-long': 'make it shorter, or list fewer',
  format:
    'names are letters, digits, - and _; origins are exact, e.g. https://shop.example, with no path, no slash at the end and no wildcard',
  range: 'use a number in the allowed range',
  missing: 'add it',
  'unknown-key': 'remove it, or check its spelling',
  'no-variant': 'use one of the allowed forms',
};

/** Duration text to milliseconds; `null` when it is not a duration. Digits only: `Number` also reads `1e9`, `0x10` and spaces. */
function duration(text: string): number | null {
  const unit = UNITS[text.slice(-1)];
  const digits = text.slice(0, -1);
  const amount = Number(digits);
  if (unit === undefined || !Array.from(digits).every((digit) => digit >= '0' && digit <= '9') || amount < 1)
    return null;
  return amount * unit;
}

const DEFAULT_REVEAL: Readonly<Record<FieldType, FieldConfig['reveal']>> = {
  'card-number': 'masked',
  'card-expiry': 'masked',
  'card-cvc': 'redacted',
  'person-name': 'masked',
  text: 'masked',
};

function completeField(raw: RawField): FieldConfig {
  const kept = raw.keep === undefined ? null : duration(raw.keep);
  return {
    type: raw.type,
    token: raw.token ?? 'uuid',
    reveal: raw.reveal ?? DEFAULT_REVEAL[raw.type],
    disclose: raw.disclose ?? [],
    keep: raw.type === 'card-cvc' ? Math.min(kept ?? CVC_MAX, CVC_MAX) : kept,
    optional: raw.optional ?? false,
  };
}

function* keepIssues(path: string, raw: RawField): Generator<ConfigIssue> {
  if (raw.keep === undefined) return;
  const kept = duration(raw.keep);
  if (kept === null) yield { path, problem: 'not a duration', fix: 'use minutes, hours or days, e.g. 30m, 1h, 90d' };
  else if (raw.type === 'card-cvc' && kept > CVC_MAX)
    yield {
      path,
      problem: 'a card security code must not be kept',
      fix: 'use at most 1h (PCI DSS 3.3.1: not stored after authorisation)',
    };
}

function* fieldIssues(path: string, raw: RawField): Generator<ConfigIssue> {
  yield* keepIssues(`${path}/keep`, raw);
  if (raw.type === 'card-cvc' && raw.reveal !== undefined && raw.reveal !== 'redacted')
    yield {
      path: `${path}/reveal`,
      problem: 'a card security code is never shown again',
      fix: 'leave reveal out, or say redacted',
    };
  if (raw.type !== 'card-number' && (raw.disclose ?? []).length > 0)
    yield { path: `${path}/disclose`, problem: 'this type has no facts', fix: 'only card-number discloses facts' };
}

const isLoopback = (origin: string): boolean => {
  const host = new URL(origin).hostname;
  return host === 'localhost' || host.endsWith('.localhost') || host === '127.0.0.1' || host === '[::1]';
};

function* originIssues(raw: RawConfig): Generator<ConfigIssue> {
  const all = [
    ...raw.hosts.map((value, index) => ({ path: `/hosts/${String(index)}`, value })),
    { path: '/elements', value: raw.elements },
    { path: '/vault', value: raw.vault },
  ];
  for (const { path, value } of all) {
    if (value.startsWith('http://') && !isLoopback(value))
      yield { path, problem: 'plain http', fix: 'use https; http is accepted for loopback names only' };
  }
  if (raw.hosts.includes(raw.elements))
    yield {
      path: '/elements',
      problem: 'the same origin as a host page, which could then read every field',
      fix: 'serve the frames from an origin of their own, e.g. https://elements.shop.example',
    };
  if (raw.hosts.includes(raw.vault))
    yield {
      path: '/vault',
      problem: 'the same origin as a host page, whose scripts the vault could not tell from its own',
      fix: 'give the vault an origin of its own, e.g. https://vault.shop.example',
    };
  if (raw.elements === raw.vault)
    yield {
      path: '/vault',
      problem: 'the same origin as the frames',
      fix: 'give the vault an origin of its own, e.g. https://vault.shop.example',
    };
}

function* collectionIssues(raw: RawConfig): Generator<ConfigIssue> {
  for (const [collection, fields] of Object.entries(raw.collections)) {
    for (const [field, config] of Object.entries(fields))
      yield* fieldIssues(`/collections/${collection}/${field}`, config);
  }
}

const complete = (raw: RawConfig): CloisterConfig => ({
  hosts: raw.hosts,
  elements: raw.elements,
  vault: raw.vault,
  adapter: raw.adapter ?? 'cloister',
  copy: raw.copy ?? false,
  collections: Object.fromEntries(
    Object.entries(raw.collections).map(([collection, fields]): [string, CollectionConfig] => [
      collection,
      Object.fromEntries(Object.entries(fields).map(([field, config]) => [field, completeField(config)])),
    ]),
  ),
});

/**
 * Checks a parsed `cloister.config` and fills in the defaults: UUIDv4 tokens, masked reveal (nothing of a CVC), nothing
 * disclosed, a CVC kept for an hour at most.
 *
 * @returns the configuration, or every issue with its JSON Pointer and the way to mend it.
 */
export function parseConfig(value: unknown): ParsedConfig {
  const decoded = decode(configSchema, value, 'shown');
  if (!decoded.ok)
    return {
      ok: false,
      issues: [
        { path: decoded.path === '' ? '/' : decoded.path, problem: decoded.problem, fix: FIXES[decoded.problem] },
      ],
    };
  const issues = [...originIssues(decoded.value), ...collectionIssues(decoded.value)];
  return issues.length > 0 ? { ok: false, issues } : { ok: true, config: complete(decoded.value) };
}
