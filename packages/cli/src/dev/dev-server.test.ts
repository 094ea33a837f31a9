import { request as httpRequest } from 'node:http';
import { parseConfig } from '@cloister/protocol';
import { describe, expect, it, onTestFinished } from 'vitest';
import { STARTER } from '../config/template.js';
import { freePorts } from '../net/listen.js';
import { LOOPBACK } from '../net/loopback.js';
import { devConfig } from './dev-config.js';
import { startDevServer } from './dev-server.js';

async function devServer(): Promise<number> {
  const parsed = parseConfig(STARTER);
  if (!parsed.ok) throw new Error('the starter must be valid');
  const [port = 0] = await freePorts(1);
  const dev = devConfig(parsed.config, port, false);
  const server = await startDevServer({ ...dev, port, folder: '/', vault: undefined });
  onTestFinished(server.close);
  return port;
}

function get(port: number, host: string, path = '/'): Promise<{ readonly status: number; readonly policy: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: LOOPBACK, port, path, headers: { host } }, (response) => {
      response.resume();
      const policy = String(response.headers['content-security-policy']);
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, policy });
      });
    });
    request.on('error', reject);
    request.end();
  });
}

describe('the development server', () => {
  it.each(['shop.localhost', 'localhost', LOOPBACK])(
    'shows the playground as %s, under a strict policy',
    async (name) => {
      const port = await devServer();
      const { status, policy } = await get(port, `${name}:${String(port)}`);
      expect(status).toBe(200);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain(`frame-src ${STARTER.elements}`);
    },
  );

  it.each([
    { host: 'rebound.example', path: '/' },
    { host: '0.0.0.0', path: '/' },
    { host: 'localhost.rebound.example', path: '/' },
  ])('A89 answers nothing as $host', async ({ host, path }) => {
    const port = await devServer();
    expect(await get(port, `${host}:${String(port)}`, path)).toMatchObject({ status: 404 });
    expect(await get(port, `${host}:${String(port)}`, '/cloister/session')).toMatchObject({ status: 403 });
  });

  it('A105 listens on 127.0.0.1 alone', async () => {
    const port = await devServer();
    const elsewhere = new Promise((resolve, reject) => {
      const request = httpRequest({ host: '127.0.0.2', port, timeout: 2000 }, resolve);
      request.on('error', reject);
      request.end();
    });
    // Linux refuses; elsewhere the address does not exist.
    await expect(elsewhere).rejects.toHaveProperty('code', expect.stringMatching(/^E(?:CONNREFUSED|ADDRNOTAVAIL)$/u));
  });
});
