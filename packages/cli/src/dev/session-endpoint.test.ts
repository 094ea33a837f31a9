import { request as httpRequest } from 'node:http';
import { parseConfig, type SessionRequest } from '@cloister/protocol';
import { describe, expect, it, onTestFinished } from 'vitest';
import { STARTER } from '../config/template.js';
import { listen } from '../net/listen.js';
import { LOOPBACK } from '../net/loopback.js';
import { sessionEndpoint } from './session-endpoint.js';

const HOST = 'http://localhost:5173';
const JKT = 'a'.repeat(43);
const TOKEN = '2f0f7b3e-5a4b-4c6d-8e9f-0a1b2c3d4e5f';
const COLLECT = { purpose: 'collect', jkt: JKT, collection: 'cards' };

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

async function endpoint({ session }: { readonly session: string | undefined } = { session: 'cls_session' }) {
  const parsed = parseConfig(STARTER);
  if (!parsed.ok) throw new Error('the starter must be valid');
  const asked: SessionRequest[] = [];
  const handle = sessionEndpoint({
    config: parsed.config,
    hostNames: new Set(['localhost:4200']),
    mint: (request) => {
      asked.push(request);
      return Promise.resolve(session);
    },
  });
  const server = await listen((request, response) => void handle(request, response), { host: LOOPBACK, port: 0 });
  onTestFinished(server.close);
  return { asked, send: (sent: Sent) => send(server.port, sent) };
}

/** `fetch` does not let a test choose Host and Origin. */
function send(port: number, sent: Sent): Promise<Answer> {
  const headers = { host: 'localhost:4200', origin: HOST, 'content-type': 'application/json', ...sent.headers };
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: LOOPBACK, port, path: '/cloister/session', method: sent.method ?? 'POST', headers },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('end', () => {
          resolve({ status: response.statusCode, headers: response.headers, text });
        });
      },
    );
    request.on('error', reject);
    request.end(sent.body ?? JSON.stringify(COLLECT));
  });
}

describe('the development session endpoint', () => {
  it('gives a listed page a session for one use, readable across origins', async () => {
    const { asked, send } = await endpoint();
    const answer = await send({});
    expect(answer).toMatchObject({ status: 200, text: 'cls_session' });
    expect(answer.headers).toMatchObject({ 'access-control-allow-origin': HOST, vary: 'Origin' });
    expect(asked).toEqual([
      {
        thumbprint: JKT,
        grant: { purpose: 'collect', collection: 'cards', origin: HOST, uses: 1, minutes: 10 },
      },
    ]);
  });

  it('binds a reveal to the tokens that were named', async () => {
    const { asked, send } = await endpoint();
    await send({ body: JSON.stringify({ purpose: 'reveal', jkt: JKT, tokens: [TOKEN] }) });
    expect(asked[0]?.grant).toMatchObject({ purpose: 'reveal', tokens: [TOKEN], origin: HOST });
  });

  it('answers the preflight of a listed page', async () => {
    const answer = await (await endpoint()).send({ method: 'OPTIONS', body: '' });
    expect(answer).toMatchObject({ status: 204, headers: { 'access-control-allow-headers': 'content-type' } });
  });

  it.each([
    { name: 'A88 an origin that is not listed', headers: { origin: 'http://localhost:9999' }, status: 403 },
    { name: 'A88 the null origin of a sandboxed frame', headers: { origin: 'null' }, status: 403 },
    { name: 'A88 no origin at all', headers: { origin: '' }, status: 403 },
    { name: 'A89 a rebound host name', headers: { host: 'rebound.example:4200' }, status: 403 },
    { name: 'A89 a form post', headers: { 'content-type': 'text/plain' }, status: 400 },
    { name: 'a GET', method: 'GET', status: 400 },
    { name: 'a body that is not JSON', body: '{', status: 400 },
    { name: 'A85 a body without end', body: `"${'x'.repeat(20_000)}"`, status: 400 },
    { name: 'a purpose that does not exist', body: JSON.stringify({ ...COLLECT, purpose: 'export' }), status: 400 },
    { name: 'an unknown key', body: JSON.stringify({ ...COLLECT, uses: 100 }), status: 400 },
    { name: 'a key that is no thumbprint', body: JSON.stringify({ ...COLLECT, jkt: 'short' }), status: 400 },
  ])('refuses and asks the vault nothing: $name', async ({ status, ...sent }) => {
    const { asked, send } = await endpoint();
    const answer = await send(sent);
    expect(answer.status).toBe(status);
    expect(asked).toEqual([]);
    if (status === 403) expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('says 502 when the vault refuses', async () => {
    const { send } = await endpoint({ session: undefined });
    expect(await send({})).toMatchObject({ status: 502, text: 'unavailable' });
  });
});
