import { factsOf, redactValue } from '@cloister/fields';
import {
  PROOF_AHEAD,
  PROOF_PAST,
  decode,
  recordRequest,
  revealRequest,
  token,
  unfold,
  VAULT_ROUTES,
  type CloisterConfig,
  type Collected,
  type Facts,
  type FieldConfig,
  type ProblemCode,
} from '@cloister/protocol';
import type { SafeRequest } from '../vault-adapter.js';
import { sha256, verifyProof, type ProofClaims } from './verify-proof.js';

interface Stored {
  readonly field: FieldConfig;
  readonly value: string;
  readonly expires: number;
}

interface Failure {
  readonly status: number;
  readonly code: ProblemCode;
}

const UNAUTHORIZED: Failure = { status: 401, code: 'unauthorized' };
const CONFLICT: Failure = { status: 409, code: 'conflict' };
const INVALID: Failure = { status: 422, code: 'invalid' };

const json = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response =>
  Response.json(body, { status, headers });

/** A request as it arrived: `headers` and `body` after it was unfolded, the rest as it was sent. */
interface Arrived extends SafeRequest {
  readonly url: string;
  /** The media type that it was sent as. */
  readonly sentAs: string | undefined;
  /** The names of the headers that it was sent with, of which a browser would ask first. */
  readonly asked: readonly string[];
}

/** What Fetch lets through without asking: "CORS-safelisted request-header", of the three media types the one that we use. */
const isSimple = ([name, value]: readonly [string, string]): boolean =>
  name === 'content-type' && value.toLowerCase().startsWith('text/plain');

function arrived(url: string, request: SafeRequest): Arrived {
  const { 'content-type': sentAs, ...rest } = request.headers;
  const unfolded = unfold(JSON.parse(request.body));
  const asked = Object.entries(request.headers).flatMap((header) => (isSimple(header) ? [] : [header[0]]));
  const headers = Object.fromEntries(Object.entries({ ...rest, ...unfolded?.headers }));
  return { ...request, url, sentAs, asked, headers, body: JSON.stringify(unfolded?.request) };
}

/**
 * A vault that keeps the HTTP contract and believes nothing: it verifies proofs with WebCrypto, binds sessions to keys,
 * refuses replays, and answers a repeated idempotency key with the first answer. Its `fetch` stands in for the network.
 */
export class VerifyingVault {
  /** Every request that arrived, answered or not. */
  readonly requests: Arrived[] = [];
  /** Records that exist. */
  readonly records: Collected[] = [];
  /** The next answers get lost on their way. */
  lose = 0;
  readonly #config: CloisterConfig;
  readonly #now: () => number;
  readonly #sessions = new Map<string, string>();
  readonly #proofs = new Set<string>();
  readonly #answers = new Map<string, { readonly asked: string; readonly answer: Collected }>();
  readonly #values = new Map<string, Stored>();

  constructor(config: CloisterConfig, now: () => number) {
    this.#config = config;
    this.#now = now;
  }

  /** Mints a session that is bound to a key. */
  mint(thumbprint: string): string {
    const session = `cls_${crypto.randomUUID()}`;
    this.#sessions.set(session, thumbprint);
    return session;
  }

  readonly fetch = async (url: string, request: SafeRequest): Promise<Response> => {
    const unfolded = arrived(url, request);
    this.requests.push(unfolded);
    const response = await this.#answer(url, unfolded);
    if (this.lose === 0) return response;
    this.lose -= 1;
    throw new TypeError('Failed to fetch');
  };

  async #answer(url: string, request: SafeRequest): Promise<Response> {
    const date = { date: new Date(this.#now()).toUTCString() };
    const allowed = await this.#authorise(url, request);
    if ('code' in allowed) return this.#problem(allowed, date);
    const body: unknown = JSON.parse(request.body);
    const result =
      url === `${this.#config.vault}${VAULT_ROUTES.records}`
        ? this.#store(body, `${allowed.thumbprint} ${request.headers['idempotency-key'] ?? ''}`)
        : this.#reveal(body);
    return 'code' in result ? this.#problem(result, date) : json(result.status, result.body, date);
  }

  #problem({ status, code }: Failure, headers: Readonly<Record<string, string>>): Response {
    return json(status, { type: 'about:blank', title: 'refused', status, code, instance: 'r-1' }, headers);
  }

  async #authorise(url: string, request: SafeRequest): Promise<Failure | { readonly thumbprint: string }> {
    const { authorization = '', dpop = '' } = request.headers;
    const session = authorization.startsWith('DPoP ') ? authorization.slice(5) : '';
    const bound = this.#sessions.get(session);
    const proof = await verifyProof(dpop);
    if (bound === undefined || proof?.thumbprint !== bound) return UNAUTHORIZED;
    const claimed = [proof.claims.htm, proof.claims.htu, proof.claims.ath].join(' ');
    if (claimed !== [request.method, url, await sha256(session)].join(' ')) return UNAUTHORIZED;
    return this.#isFresh(proof.claims) ? { thumbprint: bound } : UNAUTHORIZED;
  }

  #isFresh({ jti, iat }: ProofClaims): boolean {
    const age = this.#now() / 1000 - iat;
    if (age > PROOF_PAST / 1000 || age < -PROOF_AHEAD / 1000 || this.#proofs.has(jti) || jti.length !== 22)
      return false;
    this.#proofs.add(jti);
    return true;
  }

  #store(body: unknown, scope: string): Failure | { readonly status: number; readonly body: Collected } {
    const asked = JSON.stringify(body);
    const known = this.#answers.get(scope);
    if (known !== undefined) return known.asked === asked ? { status: 201, body: known.answer } : CONFLICT;
    const request = decode(recordRequest, body);
    if (!request.ok || !decode(token, scope.split(' ')[1]).ok) return INVALID;
    const fields = this.#config.collections[request.value.collection] ?? {};
    const names = Object.keys(request.value.values);
    if (!names.every((name) => Object.hasOwn(fields, name))) return INVALID;
    const record = this.#record(fields, request.value.values);
    this.records.push(record);
    this.#answers.set(scope, { asked, answer: record });
    return { status: 201, body: record };
  }

  #record(fields: Readonly<Record<string, FieldConfig>>, values: Readonly<Record<string, string>>): Collected {
    const tokens: Record<string, string> = {};
    const facts: Record<string, Facts> = {};
    for (const [name, value] of Object.entries(values)) {
      const field = fields[name];
      if (field === undefined) continue;
      const id = crypto.randomUUID();
      this.#values.set(id, { field, value, expires: this.#now() + (field.keep ?? Infinity) });
      tokens[name] = id;
      const known = factsOf(field.type, value, field.disclose);
      if (known !== undefined) facts[name] = known;
    }
    return { record: crypto.randomUUID(), tokens, facts };
  }

  #reveal(body: unknown): Failure | { readonly status: number; readonly body: unknown } {
    const request = decode(revealRequest, body);
    if (!request.ok) return INVALID;
    const values = request.value.tokens.map((id) => {
      const stored = this.#values.get(id);
      if (stored === undefined || stored.expires <= this.#now()) return { token: id, error: 'not-found' };
      const { type, reveal: redaction } = stored.field;
      return { token: id, type, redaction, ...redactValue(type, stored.value, redaction) };
    });
    return { status: 200, body: { values } };
  }
}
