import type { FastifyInstance } from 'fastify';
import type { CloisterConfig } from '@cloister/protocol';
import type { AuditRow, AuditVerdict } from './audit/chain.js';
import type { ReportTaker } from './http/reports.js';
import type { NewCredential } from './service/service-credential.js';
import type { SweepCounts } from './store/store.js';

/** Bounds on what one caller may cost. Budgets are requests per minute. */
export interface VaultLimits {
  /** Bytes of a request body. Default: 65 536. */
  readonly bodyBytes: number;
  /** Per IP address (IPv6: per /64). Default: 6 000. */
  readonly perAddress: number;
  /** Per coordinator key. Default: 60. */
  readonly perThumbprint: number;
  /** Per service account. Default: 6 000. */
  readonly perAccount: number;
  /** Tokens that the sessions of one service account may ask to see, per minute: the brake on exfiltration. Default: 6 000. */
  readonly tokensPerAccount: number;
  /** Milliseconds until the headers of a request must be there. Default: 10 000. */
  readonly headersMs: number;
  /** Milliseconds until the whole request must be there. Default: 30 000. */
  readonly requestMs: number;
  /**
   * Milliseconds that a connection may rest between two requests; a shopper types for longer than Node's five seconds. Default: 75 000.
   */
  readonly keepAliveMs: number;
  /** Open connections. Default: 2 000. */
  readonly connections: number;
  /** Ids of proofs that are remembered; when they do not suffice, proofs are refused. Default: 100 000. */
  readonly proofs: number;
  /**
   * Audit rows in a minute for refusals of one kind: same route, reason, address and caller. What comes after them is
   * counted, and the count is written as one row. Default: 10.
   */
  readonly refusalRows: number;
}

export const DEFAULT_LIMITS: VaultLimits = {
  bodyBytes: 65_536,
  perAddress: 6000,
  perThumbprint: 60,
  perAccount: 6000,
  tokensPerAccount: 6000,
  headersMs: 10_000,
  requestMs: 30_000,
  keepAliveMs: 75_000,
  connections: 2000,
  proofs: 100_000,
  refusalRows: 10,
};

/** One line of the request log. Route patterns and ids only; never an address with a query, a header or a body (A90). */
export interface LogEvent {
  readonly [key: string]: unknown;
  readonly time: string;
  readonly request: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly ms: number;
}

/** How a vault is opened. */
export interface VaultOptions {
  readonly config: CloisterConfig;
  /**
   * Folder for `vault.db` and `kek.key`; made with mode 0700 when missing. `:memory:` keeps everything in memory, under a
   * key that is forgotten with it.
   */
  readonly data: string;
  /**
   * File of the key-encryption key, where it is not to lie beside the database: a mounted secret, a RAM disk. Only its
   * owner may be able to read it. Default: `kek.key` in `data`.
   */
  readonly keyFile?: string;
  /** Milliseconds since the epoch. Default: `Date.now`. */
  readonly now?: () => number;
  /** `Host` header values that are accepted besides the host of `config.vault` (DNS rebinding, A89). Default: none. */
  readonly allowedHosts?: readonly string[];
  /** Addresses of reverse proxies whose `X-Forwarded-For` is believed (A99). Default: none. */
  readonly trustedProxies?: readonly string[];
  /** Hears of every answered request. Default: nothing is logged. */
  readonly log?: (event: LogEvent) => void;
  readonly limits?: Partial<VaultLimits>;
  /**
   * Takes what browsers report of the pages' policies, at `REPORTS_ROUTE`: a `ReportCollector` of `@cloister/csp`, or anything else that
   * answers a request. Default: there is no such route.
   */
  readonly reports?: ReportTaker;
}

/** The audit log, for exports and tests. */
export interface VaultAudit {
  rows(): Promise<readonly AuditRow[]>;
  /** Walks the whole chain and names the first row that is wrong. */
  verify(): Promise<AuditVerdict>;
}

/** What is known about a credential: everything but itself. */
export interface CredentialInfo {
  readonly id: string;
  /** Name of the service account. */
  readonly name: string;
  readonly created: string;
  readonly expires: string;
}

/** The credentials of backends. Managed by whoever has the data folder; the HTTP service knows no route for it (A105). */
export interface VaultCredentials {
  /**
   * Makes a credential for a backend (`clsk_…`) that lasts 1 to 365 days. It is shown once; only its hash is kept.
   *
   * @throws TypeError when name or days are out of bounds.
   */
  create(account: { readonly name: string; readonly days: number }): Promise<NewCredential>;
  /** Oldest first. */
  list(): Promise<readonly CredentialInfo[]>;
  /**
   * Ends a credential, and the sessions that it minted, at once.
   *
   * @returns how many sessions ended; `undefined` when there is no such credential.
   */
  revoke(id: string): Promise<number | undefined>;
}

/** An open vault. `close` it. */
export interface Vault {
  /** The HTTP service, for `inject` in tests. */
  readonly app: FastifyInstance;
  readonly audit: VaultAudit;
  /** Starts serving. Port 0 takes a free one. */
  listen(address: { readonly host: string; readonly port: number }): Promise<{ readonly url: string }>;
  readonly credentials: VaultCredentials;
  /** Deletes what has expired, with its keys. Runs by itself once a minute. */
  sweep(): Promise<SweepCounts>;
  close(): Promise<void>;
}
