import { randomUUID } from 'node:crypto';
import {
  FOLDED_TYPE,
  VAULT_ROUTES,
  decode,
  parseConfig,
  recordResponse,
  sessionResponse,
  type CloisterConfig,
  type Grant,
  type RecordResponse,
} from '@cloister/protocol';
import type { VaultOptions, Vault } from '../options.js';
import { openVault } from '../vault.js';
import { makeProof, testKey, type TestKey } from './proof.js';

export const HOST = 'https://shop.example';
export const ELEMENTS = 'https://elements.shop.example';
export const VAULT = 'https://vault.shop.example';
/** The moment at which test vaults start. */
export const START = Date.UTC(2030, 0, 15, 12);

export function testConfig(): CloisterConfig {
  const parsed = parseConfig({
    hosts: [HOST, 'https://other.example'],
    elements: ELEMENTS,
    vault: VAULT,
    collections: {
      cards: {
        number: { type: 'card-number', reveal: 'plain', disclose: ['brand', 'last4'] },
        expiry: { type: 'card-expiry', reveal: 'plain' },
        cvc: { type: 'card-cvc', keep: '1h' },
        name: { type: 'person-name', optional: true },
      },
      people: { name: { type: 'person-name', reveal: 'plain' } },
    },
  });
  if (!parsed.ok) throw new Error('the test configuration is wrong');
  return parsed.config;
}

export const CARD = { number: '4242424242424242', expiry: '2031-07', cvc: '739', name: 'Zoë Canary-Québec' };

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly json: unknown;
}

/** One request: a body (JSON unless it is a text), and headers on top of the usual ones. */
export interface Call {
  readonly path: string;
  readonly method?: 'GET' | 'POST' | 'OPTIONS' | 'PUT' | 'DELETE';
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A call with a session, as the coordinator makes it. */
export interface SessionCall {
  readonly path: string;
  readonly session: string;
  readonly key: TestKey;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: Form;
}

/** Where a request has what authorises it: in headers (default), or folded into its body. */
export type Form = 'headers' | 'folded';
export const FORMS: readonly Form[] = ['headers', 'folded'];

const FOLDED = ['authorization', 'dpop', 'idempotency-key'];

/** The same request as a text; headers that need no preflight stay where they are. */
export function folded(headers: Readonly<Record<string, string>>, body: unknown): Omit<Call, 'path'> {
  const all = Object.entries(headers);
  const inside = all.filter(([name]) => FOLDED.includes(name));
  const outside = all.filter(([name]) => !FOLDED.includes(name));
  return {
    headers: { 'content-type': FOLDED_TYPE, ...Object.fromEntries(outside) },
    body: JSON.stringify({ ...Object.fromEntries(inside), request: body }),
  };
}

/** A vault with a clock that tests turn, a backend's credential, and the calls that frames and backends make. */
export class TestVault {
  readonly vault: Vault;
  readonly credential: string;
  /** Turned by hand; shared with the vault. */
  readonly clock: { now: number };

  constructor(vault: Vault, credential: string, clock: { now: number }) {
    this.vault = vault;
    this.credential = credential;
    this.clock = clock;
  }

  get now(): number {
    return this.clock.now;
  }

  advance(ms: number): void {
    this.clock.now += ms;
  }

  async call({ path, method = 'POST', body, headers = {} }: Call): Promise<Answer> {
    const payload = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
    const response = await this.vault.app.inject({
      method,
      url: path,
      headers: {
        host: 'vault.shop.example',
        ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(payload === undefined ? {} : { payload }),
    });
    const type = response.headers['content-type'] ?? '';
    const json: unknown = type.includes('json') ? response.json() : undefined;
    return { status: response.statusCode, headers: response.headers, text: response.body, json };
  }

  requestSession(key: TestKey, grant: Grant): Promise<Answer> {
    return this.call({
      path: VAULT_ROUTES.sessions,
      headers: { authorization: `Bearer ${this.credential}` },
      body: { thumbprint: key.thumbprint, grant },
    });
  }

  async session(key: TestKey, grant: Grant): Promise<string> {
    const answer = decode(sessionResponse, (await this.requestSession(key, grant)).json);
    if (!answer.ok) throw new Error('no session');
    return answer.value.token;
  }

  withSession({ path, session, key, body, headers = {}, form = 'headers' }: SessionCall): Promise<Answer> {
    const proof = makeProof({ key, token: session, url: `${VAULT}${path}`, now: this.now });
    const all = { origin: ELEMENTS, authorization: `DPoP ${session}`, dpop: proof, ...headers };
    return this.call({ path, ...(form === 'folded' ? folded(all, body) : { headers: all, body }) });
  }

  /** Stores a card the way the coordinator does. */
  async store(values: Readonly<Record<string, string>> = CARD, collection = 'cards'): Promise<RecordResponse> {
    const key = testKey();
    const session = await this.session(key, { purpose: 'collect', collection, origin: HOST });
    const answer = await this.record({ session, key, values, collection });
    const decoded = decode(recordResponse, answer.json);
    if (!decoded.ok) throw new Error(`not stored: ${answer.text}`);
    return decoded.value;
  }

  record(options: {
    readonly session: string;
    readonly key: TestKey;
    readonly values?: Readonly<Record<string, unknown>>;
    readonly collection?: string;
    readonly origin?: string;
    readonly idempotencyKey?: string;
    readonly form?: Form;
  }): Promise<Answer> {
    const { session, key, values = CARD, collection = 'cards', origin = HOST, form = 'headers' } = options;
    return this.withSession({
      path: VAULT_ROUTES.records,
      session,
      key,
      form,
      body: { collection, origin, values },
      headers: { 'idempotency-key': options.idempotencyKey ?? randomUUID() },
    });
  }

  /** The reasons and operations of the audit log, oldest first. */
  async audited(): Promise<readonly string[]> {
    const rows = await this.vault.audit.rows();
    return rows.map(({ body }) => {
      const event: unknown = JSON.parse(body);
      if (typeof event !== 'object' || event === null || !('api' in event)) throw new Error('not an event');
      const { operation } = Object(event.api) as { operation: string };
      return 'status_detail' in event ? `${operation} ${String(event.status_detail)}` : operation;
    });
  }
}

export async function openTestVault(options: Partial<VaultOptions> = {}): Promise<TestVault> {
  const clock = { now: START };
  const vault = await openVault({ config: testConfig(), data: ':memory:', now: () => clock.now, ...options });
  const { credential } = await vault.credentials.create({ name: 'shop', days: 30 });
  return new TestVault(vault, credential, clock);
}
