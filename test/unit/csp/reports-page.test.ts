import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { REPORT_TYPES } from '@cloister/csp';
import type { Vault } from '@cloister/vault';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

/** Inside of the repository, so that the code of the page finds its packages. */
const FOLDER = fileURLToPath(new URL(`../../../test-results/reports-page-${String(process.pid)}/`, import.meta.url));
const LINES = join(FOLDER, 'lines.jsonl');
const page = await readFile(new URL('../../../docs/csp/reports.md', import.meta.url), 'utf8');

/** The code that the page shows, by the name in its first line. */
async function codeOf(name: string): Promise<unknown> {
  const [, code] = page.split(`\`\`\`js\n// ${name}\n`);
  const [shown] = (code ?? '').split('```');
  const file = join(FOLDER, name);
  const here = (shown ?? '')
    .replace("'csp-reports.jsonl'", JSON.stringify(LINES))
    .replace("loadConfigFile('.')", `loadConfigFile(${JSON.stringify(FOLDER)})`)
    .replace("'./vault'", "':memory:'");
  await writeFile(file, here);
  return vi.importActual(file);
}

beforeAll(() => mkdir(FOLDER, { recursive: true }));
afterAll(() => rm(FOLDER, { recursive: true, force: true }));

const CONFIG = {
  hosts: ['https://shop.example'],
  elements: 'https://elements.shop.example',
  vault: 'https://vault.shop.example',
  collections: { cards: { number: { type: 'card-number' } } },
};

const report = {
  'csp-report': { 'document-uri': 'https://shop.example/pay?card=1', 'effective-directive': 'img-src' },
};
const post = { method: 'POST', headers: { 'content-type': 'application/csp-report' }, body: JSON.stringify(report) };

describe('the page about reports', () => {
  it('shows an endpoint that works in Node and in Express, and its metrics', async () => {
    const shown = (await codeOf('csp-reports.mjs')) as { takeReports: RequestListener; metrics: () => string };
    const app = express().all('/csp-reports', shown.takeReports) as RequestListener;
    for (const listener of [shown.takeReports, app]) {
      const server = createServer(listener);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/csp-reports`;
      expect((await fetch(url, post)).status).toBe(204);
      expect((await fetch(url)).status).toBe(405);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    const lines = (await readFile(LINES, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { document: string }).document)).toEqual([
      'https://shop.example/pay',
      'https://shop.example/pay',
    ]);
    expect(lines.join()).not.toContain('127.0.0.1');
    expect(shown.metrics()).toContain('cloister_reports_kept_total');
    for (const name of page.match(/…_[a-z_]+_total/gu) ?? [])
      expect(shown.metrics()).toContain(name.replace('…', '# HELP cloister_reports'));
  });

  it('shows a vault that takes reports', async () => {
    await writeFile(join(FOLDER, 'cloister.config.json'), JSON.stringify(CONFIG));
    const { vault } = (await codeOf('vault.mjs')) as { readonly vault: Vault };
    const { headers, body } = post;
    const answer = await vault.app.inject({
      method: 'POST',
      url: '/v1/csp-reports',
      headers: { ...headers, host: 'vault.shop.example' },
      payload: body,
    });
    await vault.close();
    expect(answer.statusCode).toBe(204);
    expect((await readFile(LINES, 'utf8')).trimEnd().split('\n').at(-1)).toContain('https://shop.example/pay');
  });

  it('shows a worker that works', async () => {
    const shown = (await codeOf('worker.mjs')) as { default: { fetch: (request: Request) => Promise<Response> } };
    const ask = async (init: RequestInit): Promise<number> =>
      (await shown.default.fetch(new Request('https://shop.example/csp-reports', init))).status;
    expect(await ask(post)).toBe(204);
    expect(await ask({ ...post, body: '{' })).toBe(400);
  });

  it('shows what explain answers', async () => {
    const { explained } = (await codeOf('explain.mjs')) as { explained: unknown };
    const [, json] = page.split('```json\n');
    expect(explained).toEqual(JSON.parse((json ?? '').split('```')[0] ?? ''));
  });

  it('names every type, and every member that is stored', () => {
    for (const type of REPORT_TYPES) expect(page).toContain(`\`${type}\``);
    const members = ['time', 'type', 'fingerprint', 'document', 'directive', 'blocked', 'source', 'line', 'column'];
    const others = ['status', 'disposition', 'destination', 'hash', 'what', 'message', 'policy', 'sample', 'userAgent'];
    for (const member of [...members, ...others]) expect(page).toContain(`\`${member}\``);
  });
});
