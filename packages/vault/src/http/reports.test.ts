import { ReportCollector, type StoredReport } from '@cloister/csp';
import { VAULT_ROUTES } from '@cloister/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { ELEMENTS, START, openTestVault, type Call, type TestVault } from '../test-support/test-vault.js';
import { REPORTS_ROUTE, type ReportTaker } from './reports.js';

const CARD = '4242424242424242';

const REPORT = JSON.stringify({
  'csp-report': {
    'document-uri': `https://shop.example/checkout?card=${CARD}`,
    'blocked-uri': `https://evil.example/pixel?${CARD}`,
    'effective-directive': 'img-src',
    'original-policy': "default-src 'self'",
    disposition: 'enforce',
  },
});

const send = (body: string, headers: Readonly<Record<string, string>> = {}): Call => ({
  path: REPORTS_ROUTE,
  body,
  headers: { 'content-type': 'application/csp-report', ...headers },
});

let opened: TestVault | undefined;
afterEach(async () => {
  await opened?.vault.close();
  opened = undefined;
});

async function withTaker(reports: ReportTaker): Promise<TestVault> {
  opened = await openTestVault({ reports });
  return opened;
}

interface Heard {
  readonly request: Request;
  readonly client: string;
}

/** A vault whose taker only remembers what it was given. */
async function listening(): Promise<{ readonly vault: TestVault; readonly heard: readonly Heard[] }> {
  const heard: Heard[] = [];
  const answer: ReportTaker['answer'] = (request, client) => {
    heard.push({ request, client });
    return Promise.resolve({ status: 204, headers: {} });
  };
  return { vault: await withTaker({ answer }), heard };
}

describe('a vault with a collector', () => {
  it('takes what browsers report, without the card number that stood in it', async () => {
    const stored: StoredReport[] = [];
    const lines: string[] = [];
    const sink = (line: string, report: StoredReport): void => {
      lines.push(line);
      stored.push(report);
    };
    const vault = await withTaker(new ReportCollector({ now: () => START, sink }));
    const answer = await vault.call(send(REPORT));
    expect([answer.status, answer.text]).toEqual([204, '']);
    expect(stored).toMatchObject([{ directive: 'img-src', document: 'https://shop.example/checkout' }]);
    expect(lines.join('')).not.toContain(CARD);
  });

  it('is still a vault that answers with its own headers', async () => {
    const vault = await withTaker(new ReportCollector({ now: () => START }));
    expect((await vault.call(send(REPORT))).headers).toMatchObject({
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'cache-control': 'no-store',
      'access-control-allow-origin': '*',
    });
  });

  it('lets any page ask whether it may send a report, and nothing more', async () => {
    const vault = await withTaker(new ReportCollector({ now: () => START }));
    const preflight = (path: string): Promise<{ readonly headers: Readonly<Record<string, unknown>> }> =>
      vault.call({
        path,
        method: 'OPTIONS',
        headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
      });
    const { headers } = await preflight(REPORTS_ROUTE);
    expect(headers).toMatchObject({ 'access-control-allow-headers': 'content-type' });
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
    expect((await preflight(VAULT_ROUTES.records)).headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('what anybody may send', () => {
  it('A74 finds no such route in a vault that takes no reports', async () => {
    opened = await openTestVault();
    expect((await opened.call({ path: REPORTS_ROUTE, body: {} })).status).toBe(404);
  });

  it('A90 brings no credential, cookie or address to the taker', async () => {
    const { vault, heard } = await listening();
    const { credential } = vault;
    await vault.call(
      send(REPORT, { authorization: `Bearer ${credential}`, cookie: 'a=b', dpop: 'x', referer: 'https://a.example/' }),
    );
    expect(heard.map(({ request }) => [...request.headers.keys()])).toEqual([['content-type', 'user-agent']]);
    expect(heard[0]?.request.url).toBe(`http://vault${REPORTS_ROUTE}`);
  });

  it.each([
    ['A85 a body beyond 64 KiB', send(' '.repeat(65_537)), 413],
    ['A89 another name for our address', send(REPORT, { host: 'evil.example' }), 403],
  ])('%s does not reach the taker', async (_title, call, status) => {
    const { vault, heard } = await listening();
    expect((await vault.call(call)).status).toBe(status);
    expect(heard).toEqual([]);
  });

  it.each(['GET', 'PUT', 'DELETE'] as const)('A73 %s is a route that does not exist', async (method) => {
    const { vault, heard } = await listening();
    expect((await vault.call({ path: REPORTS_ROUTE, method })).status).toBe(404);
    expect(heard).toEqual([]);
  });

  it('fills neither the audit log nor more than the budget of its address', async () => {
    opened = await openTestVault({
      limits: { perAddress: 20 },
      reports: new ReportCollector({ now: () => START, rates: RATES }),
    });
    const vault = opened;
    const before = (await vault.audited()).length;
    const statuses: number[] = [];
    for (let at = 0; at < 30; at += 1) statuses.push((await vault.call(send(REPORT))).status);
    expect(statuses.filter((status) => status === 204)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(25);
    expect(await vault.audited()).toHaveLength(before);
  });

  it('A99 counts for its /64, wherever in it an address lies', async () => {
    const heard: string[] = [];
    const answer: ReportTaker['answer'] = (_request, client) => {
      heard.push(client);
      return Promise.resolve({ status: 204, headers: {} });
    };
    opened = await openTestVault({ reports: { answer }, trustedProxies: ['127.0.0.1'] });
    for (const ip of ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', '192.0.2.7'])
      await opened.call(send(REPORT, { 'x-forwarded-for': ip }));
    expect(heard).toEqual(['2001:db8:1:2', '2001:db8:1:2', '192.0.2.7']);
  });

  it.each(['application/csp-report', 'application/reports+json', 'image/png'])(
    'A89 %s stays a type that the routes of values refuse',
    async (type) => {
      const { vault } = await listening();
      const headers = { origin: ELEMENTS, 'content-type': type };
      expect((await vault.call({ path: VAULT_ROUTES.records, headers, body: REPORT })).status).toBe(415);
    },
  );

  it('A90 learns nothing of a taker that fails', async () => {
    const vault = await withTaker({ answer: () => Promise.reject(new Error('disk of /srv/reports is full')) });
    const answer = await vault.call(send(REPORT));
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('srv');
  });
});

/** Five reports, and then none for a long time. */
const RATES = { client: { burst: 5, perSecond: 0.001 }, all: { burst: 1000, perSecond: 50 }, clients: 100 };
