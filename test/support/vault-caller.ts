import { randomUUID } from 'node:crypto';
import { ProofKey, type ProofOf } from './proof-key.js';
import { post, type World } from './world.js';

/** What the vault answered. */
export interface VaultAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** The body; empty when there was none. */
  readonly json: Readonly<Record<string, unknown>> & { readonly code?: string };
}

/** A row of the audit log, as far as tests ask. */
export interface Audited {
  readonly operation: string;
  /** Why it was refused; absent when it was done. */
  readonly refused?: string;
  readonly session?: string;
  readonly count?: number;
  readonly tokens: number;
}

/** A request to the vault; every part of an honest one can be replaced, and `null` leaves a header out. */
export interface VaultCall {
  readonly path: '/v1/records' | '/v1/reveal';
  readonly token: string;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string | null>>;
}

export const CARD = { number: '4242424242424242', expiry: '2030-12', cvc: '737', name: 'José Nguyễn' } as const;

/** A vault client whose key the test holds: what a coordinator does, and what a thief would. */
export class VaultCaller {
  readonly key = new ProofKey();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** A session token for this caller's key. */
  async session(grant: object): Promise<string> {
    const { status, body } = await this.#world.mint({ thumbprint: this.key.thumbprint, grant });
    if (status !== 201) throw new Error(`the vault minted no session: ${body}`);
    return (JSON.parse(body) as { token: string }).token;
  }

  collectSession(more: object = {}): Promise<string> {
    return this.session({ purpose: 'collect', collection: 'cards', origin: this.#world.shop, minutes: 5, ...more });
  }

  revealSession(tokens: readonly string[], more: object = {}): Promise<string> {
    return this.session({ purpose: 'reveal', tokens, origin: this.#world.shop, redaction: 'plain', ...more });
  }

  url(path: string): string {
    return `${this.#world.vaultUrl}${path}`;
  }

  /** A proof by this caller's key for one request. */
  prove(path: string, token: string, change: Partial<ProofOf> = {}): string {
    return this.key.prove({ token, url: this.url(path), now: this.#world.now(), ...change });
  }

  /** Sends a request that is honest in every part that is not replaced. */
  async call({ path, token, body, headers = {} }: VaultCall): Promise<VaultAnswer> {
    const all: Readonly<Record<string, string | null>> = {
      origin: this.#world.elements,
      authorization: `DPoP ${token}`,
      dpop: 'dpop' in headers ? '' : this.prove(path, token),
      'idempotency-key': randomUUID(),
      ...headers,
    };
    const sent = Object.entries(all).flatMap(([name, value]): [string, string][] =>
      value === null ? [] : [[name, value]],
    );
    return this.send(path, Object.fromEntries(sent), JSON.stringify(body));
  }

  /** Sends exactly these headers and bytes. */
  async send(path: string, headers: Readonly<Record<string, string>>, body: string): Promise<VaultAnswer> {
    const answer = await post(this.#world.vaultPort, path, { headers, body });
    return { ...answer, json: answer.body === '' ? {} : (JSON.parse(answer.body) as VaultAnswer['json']) };
  }

  record(
    token: string,
    change: { readonly body?: object; readonly headers?: VaultCall['headers'] } = {},
  ): Promise<VaultAnswer> {
    const body = { collection: 'cards', origin: this.#world.shop, values: CARD, ...change.body };
    return this.call({ path: '/v1/records', token, body, headers: change.headers ?? {} });
  }

  reveal(
    token: string,
    tokens: readonly string[],
    change: { readonly headers?: VaultCall['headers'] } = {},
  ): Promise<VaultAnswer> {
    const body = { origin: this.#world.shop, tokens };
    return this.call({ path: '/v1/reveal', token, body, headers: change.headers ?? {} });
  }

  /** Stores a card; answers its tokens. */
  async stored(): Promise<Readonly<Record<keyof typeof CARD, string>>> {
    const { status, json } = await this.record(await this.collectSession());
    if (status !== 201) throw new Error(`the card was not stored: ${JSON.stringify(json)}`);
    return json['tokens'] as Readonly<Record<keyof typeof CARD, string>>;
  }

  /** How many rows the audit log has. */
  async auditLength(): Promise<number> {
    return (await this.#world.vault.audit.rows()).length;
  }

  /** The rows since then, oldest first. */
  async auditSince(length: number): Promise<readonly Audited[]> {
    return (await this.#world.vault.audit.rows()).slice(length).map(({ body }) => readRow(body));
  }

  async lastAudit(): Promise<Audited | undefined> {
    return (await this.auditSince((await this.auditLength()) - 1))[0];
  }
}

interface Row {
  readonly status_detail?: string;
  readonly api: { readonly operation: string };
  readonly actor: { readonly session?: { readonly uid: string } };
  readonly unmapped: { readonly count?: number };
  readonly resources?: readonly unknown[];
}

function readRow(body: string): Audited {
  const row = JSON.parse(body) as Row;
  return {
    operation: row.api.operation,
    ...(row.status_detail === undefined ? {} : { refused: row.status_detail }),
    ...(row.actor.session === undefined ? {} : { session: row.actor.session.uid }),
    ...(row.unmapped.count === undefined ? {} : { count: row.unmapped.count }),
    tokens: row.resources?.length ?? 0,
  };
}
