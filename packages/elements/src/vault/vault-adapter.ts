import type { CloisterConfig, Collected, ErrorCode, Secret } from '@cloister/protocol';
import type { ProofKey } from '../coordinator/key.js';

/** Codes that a vault's failure may be told with; nothing else of its answer is ever passed on (rule 7). */
export type VaultFailure = Extract<
  ErrorCode,
  'unauthorized' | 'forbidden' | 'rejected' | 'conflict' | 'rate-limited' | 'offline' | 'unavailable'
>;

/** What came of a request: failures are data, not exceptions. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: VaultFailure };

/** What a vault can do. */
export interface VaultCapabilities {
  /** Whether it wants a session from the page's backend. */
  readonly session: boolean;
  /** Whether values can be shown again in a browser. */
  readonly reveal: boolean;
  /** Whether a repeated `idempotencyKey` answers with the record that exists already. */
  readonly idempotency: boolean;
  /** Whether a collect stores all of its values or none. */
  readonly atomicBatch: boolean;
}

/** The parts of `RequestInit` that every request states; none is left to a default. */
export interface SafeRequest {
  readonly method: 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly mode: 'cors';
  readonly credentials: 'omit';
  readonly redirect: 'error';
  readonly referrerPolicy: 'no-referrer';
  readonly cache: 'no-store';
  readonly signal: AbortSignal;
}

/** The platform, as adapters see it. */
export interface VaultContext {
  readonly collections: CloisterConfig['collections'];
  readonly key: Promise<ProofKey>;
  readonly fetch: (url: string, request: SafeRequest) => Promise<Response>;
  readonly crypto: Crypto;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** A signal that aborts after so many milliseconds. */
  readonly timeout: (milliseconds: number) => AbortSignal;
}

/** The values of one form. */
export interface CollectRequest {
  readonly collection: string;
  /** The page's origin, as the browser told the frame. */
  readonly origin: string;
  readonly values: ReadonlyMap<string, Secret>;
  /** UUIDv4; the same for every attempt to store the same values. */
  readonly idempotencyKey: string;
  readonly session: string | undefined;
}

/** Tokens whose values are to be shown. */
export interface RevealRequest {
  readonly origin: string;
  /** Distinct. */
  readonly tokens: readonly string[];
  readonly session: string | undefined;
}

/** A value as far as it may be shown: `value` for the clipboard, `text` for reading. */
export interface ShownValue {
  readonly value: Secret;
  readonly text: Secret;
}

/** By token; a token without an entry may not be seen, whatever the reason. */
export type RevealedValues = ReadonlyMap<string, ShownValue>;

/** An open vault. */
export interface VaultClient {
  /**
   * A collect with this session is about to come, while its values are gathered: what does not depend on them can be made now.
   * It may not come after all, so nothing may be sent.
   */
  readonly ahead?: (session: string | undefined) => void;
  readonly collect: (request: CollectRequest) => Promise<Outcome<Collected>>;
  readonly reveal: (request: RevealRequest) => Promise<Outcome<RevealedValues>>;
}

/**
 * Whatever swaps values for tokens. Bundled into the coordinator when the site is built and hashed with it, so that no page
 * can choose or replace it (rule 2).
 *
 * Security: clients never throw, never keep a value after they answered (a store of values excepted), and never let a
 * byte of the vault's answer out but what `Outcome` names.
 */
export interface VaultAdapter {
  readonly id: string;
  /** Version of this interface. */
  readonly api: 1;
  readonly capabilities: VaultCapabilities;
  /** What the coordinator's Content-Security-Policy must let through. */
  readonly csp: { readonly connectSrc: readonly string[] };
  readonly open: (context: VaultContext) => VaultClient;
}
