import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { VAULT_ROUTES } from '@cloister/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LogEvent } from '../options.js';
import { ELEMENTS, openTestVault, type TestVault } from '../test-support/test-vault.js';

const HEADERS_MS = 300;

let vault: TestVault;
let port: number;
const log: LogEvent[] = [];
beforeAll(async () => {
  vault = await openTestVault({
    limits: { headersMs: HEADERS_MS, requestMs: 600 },
    log: (event) => {
      log.push(event);
    },
  });
  const { url } = await vault.vault.listen({ host: '127.0.0.1', port: 0 });
  port = Number(new URL(url).port);
});
afterAll(() => vault.vault.close());

/** Sends raw text and returns everything that comes back until the vault hangs up. */
async function raw(text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8');
  socket.on('data', (part: string) => {
    answer += part;
  });
  socket.on('error', () => undefined);
  socket.write(text);
  await once(socket, 'close');
  return answer;
}

const post = (headers: readonly string[], body = '{}', path: string = VAULT_ROUTES.records): string =>
  [
    `POST ${path} HTTP/1.1`,
    'Host: vault.shop.example',
    'Content-Type: application/json',
    `Content-Length: ${String(body.length)}`,
    'Connection: close',
    ...headers,
    '',
    body,
  ].join('\r\n');

const statusOf = (answer: string): string => answer.split(' ')[1] ?? 'nothing';

describe('over a real socket', () => {
  it('answers', async () => {
    const call = request({
      port,
      host: '127.0.0.1',
      path: VAULT_ROUTES.health,
      headers: { host: 'vault.shop.example' },
    });
    call.end();
    const [response] = (await once(call, 'response')) as [{ readonly statusCode: number; resume(): void }];
    response.resume();
    expect(response.statusCode).toBe(200);
  });

  it.each([
    ['authorization', ['Authorization: DPoP a', 'Authorization: DPoP b']],
    ['proof', ['DPoP: a', 'DPoP: b']],
    ['idempotency key', ['Idempotency-Key: a', 'idempotency-key: b']],
    ['origin', [`Origin: ${ELEMENTS}`, 'Origin: https://evil.example']],
    ['content type', ['Content-Type: text/plain']],
  ])('A75 A86 refuses a second %s', async (_title, headers) => {
    expect(statusOf(await raw(post(headers)))).toBe('400');
  });

  it.each([
    ['both lengths', ['Transfer-Encoding: chunked']],
    ['two lengths', ['Content-Length: 3']],
    ['a header that spans lines', ['X-A: b\r\n c: d']],
    ['a space before the colon', ['Origin : x']],
  ])('A86 refuses what two servers may read in two ways: %s', async (_title, headers) => {
    expect(statusOf(await raw(post(headers)))).toBe('400');
  });

  it('A86 refuses headers of more than 8 KiB', async () => {
    expect(statusOf(await raw(post([`X-Filler: ${'a'.repeat(9000)}`])))).toBe('400');
  });

  it('A86 serves others beside slow headers, and hangs up on those', async () => {
    const text = 'POST /v1/records HTTP/1.1\r\nHost: vault.shop.example\r\nX-Slow:';
    const slow = Array.from({ length: 50 }, () => raw(text));
    expect(statusOf(await raw(post([])))).toBe('401');
    // With Node's own limit of a minute, the test would run out of time here.
    const ends = await Promise.all(slow);
    for (const end of ends) expect(['400', '408', 'nothing']).toContain(statusOf(end));
  });

  it('A86 500 slow connections do not slow the others down', async () => {
    const ask = async (): Promise<number> => {
      const at = performance.now();
      expect(statusOf(await raw(post([])))).toBe('401');
      return performance.now() - at;
    };
    const typical = async (): Promise<number> => {
      const times: number[] = [];
      for (let call = 0; call < 15; call += 1) times.push(await ask());
      return times.toSorted((a, b) => a - b)[7] ?? 0;
    };
    await typical();
    const alone = await typical();
    const sockets = Array.from({ length: 500 }, () => {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write('POST /v1/records HTTP/1.1\r\nHost: vault.shop.example\r\nX-Slow: ');
      return socket;
    });
    const beside = await typical();
    const ends = sockets.map((socket) => once(socket, 'close'));
    for (const socket of sockets) socket.resume();
    await Promise.all(ends);
    // Twice, and a little for a clock that counts in thousandths.
    expect(beside).toBeLessThan(alone * 2 + 20);
  });

  it('keeps a connection between two requests, for longer than headers may take, and says for how long', async () => {
    const socket = connect(port, '127.0.0.1');
    const ask = async (): Promise<string> => {
      socket.write(post(['Origin: https://evil.example']).replace('Connection: close', 'Connection: keep-alive'));
      const [answer] = (await once(socket, 'data')) as [Buffer];
      return answer.toString();
    };
    const first = await ask();
    expect(statusOf(first)).toBe('403');
    expect(first).toMatch(/\r\nKeep-Alive: timeout=75\r\n/iu);
    await delay(4 * HEADERS_MS);
    expect(statusOf(await ask())).toBe('403');
    socket.destroy();
  });

  it('A86 hangs up on a connection that was opened and never used, without a word that could be taken for an answer', async () => {
    expect(await raw('')).toBe('');
  });

  it('A86 hangs up on a connection that has rested for too long', async () => {
    const impatient = await openTestVault({ limits: { keepAliveMs: 100 } });
    const { url } = await impatient.vault.listen({ host: '127.0.0.1', port: 0 });
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('GET /healthz HTTP/1.1\r\nHost: vault.shop.example\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(statusOf(answer.toString())).toBe('200');
    await once(socket, 'close');
    await impatient.vault.close();
  });

  it('A86 hangs up on a body that does not come', async () => {
    const text = post([], '{"collection":').replace('Content-Length: 14', 'Content-Length: 900');
    expect(['400', '408', 'nothing']).toContain(statusOf(await raw(text)));
  });

  it('says nothing about what it is made of', async () => {
    const answers = [await raw(post([])), await raw('NONSENSE\r\n\r\n'), await raw(post([], '{}', '/nothing'))];
    for (const answer of answers) {
      expect(answer.toLowerCase()).not.toContain('fastify');
      expect(answer.toLowerCase()).not.toContain('\r\nserver:');
      expect(answer).not.toContain('node');
    }
  });

  it('A90 logs route patterns, never addresses', async () => {
    await raw(post([], '{}', '/v1/records?number=4242424242424242'));
    await raw(post([], '{}', '/4242424242424242'));
    expect(JSON.stringify(log)).not.toContain('4242');
    expect(log.at(-1)).toMatchObject({ method: 'POST', route: 'unknown', status: 404 });
    for (const event of log)
      expect(Object.keys(event).sort()).toEqual(['method', 'ms', 'request', 'route', 'status', 'time']);
  });
});
