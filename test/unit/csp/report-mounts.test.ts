import { createServer, request as httpRequest, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nodeRequest, ReportCollector } from '@cloister/csp';
import express from 'express';
import { Hono } from 'hono';
import { afterEach, describe, expect, it } from 'vitest';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/csp-reports`;
}

const collector = (): ReportCollector => new ReportCollector({ now: () => Date.now() });
const body = JSON.stringify({
  'csp-report': { 'document-uri': 'https://shop.example/', 'effective-directive': 'img-src' },
});
const headers = { 'content-type': 'application/csp-report' };

const node =
  (reports: ReportCollector): RequestListener =>
  (request, response) => {
    void reports.answer(nodeRequest(request), request.socket.remoteAddress ?? '').then((answer) => {
      response.writeHead(answer.status, answer.headers).end();
    });
  };

/** With a parser of bodies before it, as shops have. */
function inExpress(reports: ReportCollector): RequestListener {
  const app = express();
  app.use(express.json());
  app.use(express.urlencoded());
  app.all('/csp-reports', async (request, response) => {
    const { status, headers: told } = await reports.answer(nodeRequest(request), request.ip ?? '');
    response.writeHead(status, told).end();
  });
  return app as RequestListener;
}

type Fetch = (request: Request) => Promise<Response>;

/** A worker: no part of Node but what every host of Fetch has. */
const worker =
  (reports: ReportCollector): Fetch =>
  async (request) =>
    new Response(null, await reports.answer(request, request.headers.get('cf-connecting-ip') ?? ''));

function inHono(reports: ReportCollector): Fetch {
  const app = new Hono();
  app.all('/csp-reports', async ({ req }) => new Response(null, await reports.answer(req.raw, '')));
  return async (request) => app.fetch(request);
}

describe('the collector is mounted', () => {
  it.each([
    ['Node', node],
    ['Express', inExpress],
  ])('in %s', async (_, mounted) => {
    const reports = collector();
    const url = await listen(mounted(reports));
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(204);
    expect((await fetch(url, { method: 'OPTIONS' })).headers.get('access-control-allow-origin')).toBe('*');
    expect((await fetch(url)).status).toBe(405);
    expect((await fetch(url, { method: 'POST', headers, body: '{' })).status).toBe(400);
    expect(reports.groups()).toHaveLength(1);
  });

  it.each([
    ['a worker', worker],
    ['Hono', inHono],
  ])('in %s', async (_, mounted) => {
    const reports = collector();
    const handle = mounted(reports);
    const url = 'https://shop.example/csp-reports';
    expect((await handle(new Request(url, { method: 'POST', headers, body }))).status).toBe(204);
    expect((await handle(new Request(url, { method: 'OPTIONS' }))).status).toBe(204);
    expect((await handle(new Request(url))).status).toBe(405);
    expect(reports.groups()).toHaveLength(1);
  });
});

describe('a body without an end', () => {
  it.each([
    ['Node', node],
    ['Express', inExpress],
  ])('is answered in %s after 64 KiB, while it still comes', async (_, mounted) => {
    const url = await listen(mounted(collector()));
    let sent = 0;
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sending = httpRequest(url, { method: 'POST', headers }, ({ statusCode }) => {
        clearInterval(timer);
        resolve(statusCode);
        sending.destroy();
      });
      sending.on('error', reject);
      const timer = setInterval(() => {
        sent += 16_384;
        sending.write(' '.repeat(16_384));
      }, 5);
    });
    expect(status).toBe(413);
    expect(sent).toBeLessThan(4_000_000);
  });
});
