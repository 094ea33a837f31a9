import { describe, expect, it } from 'vitest';
import { MOST_BYTES, MOST_REPORTS } from './collector.js';
import { collecting, legacy, NOW, post, report, violation } from './test-support/reports.js';

const JSON_REPORTS = { 'content-type': 'application/reports+json' };

describe('the endpoint', () => {
  it.each([
    ['a violation by report-uri', post(legacy()), 204],
    ['violations by the Reporting API', post([violation(), violation()]), 204],
    ['a type with parameters', post([violation()], { 'content-type': 'Application/Reports+JSON; charset=utf-8' }), 204],
    ['one report without a list', post(violation(), JSON_REPORTS), 204],
    ['no reports', post([]), 204],
    ['types that are not read', post([report('crash', {})]), 204],
    ['GET', new Request('https://reports.example/csp'), 405],
    ['PUT', new Request('https://reports.example/csp', { method: 'PUT', body: '{}' }), 405],
    ['plain JSON', post(legacy(), { 'content-type': 'application/json' }), 415],
    ['a form', post('a=b', { 'content-type': 'application/x-www-form-urlencoded' }), 415],
    ['no type', new Request('https://reports.example/csp', { method: 'POST' }), 415],
    ['no body', new Request('https://reports.example/csp', { method: 'POST', headers: JSON_REPORTS }), 400],
    ['what is no JSON', post('{', JSON_REPORTS), 400],
    ['what is no report', post('"x"', JSON_REPORTS), 400],
    ['a legacy body without a report', post({ report: {} }), 400],
    ['a legacy body whose report is a text', post({ 'csp-report': 'x' }), 400],
    ['too many reports', post(Array.from({ length: MOST_REPORTS + 1 }, () => violation())), 413],
    ['a body that is too long', post([violation({ sample: 'x'.repeat(MOST_BYTES) })]), 413],
  ])('answers %s by %i', async (_, request, status) => {
    const { collector } = collecting();
    const answer = await collector.answer(request, 'client');
    expect(answer.status).toBe(status);
    const response = new Response(null, answer);
    expect(response.status).toBe(status);
    expect(await response.text()).toBe('');
    expect(collector.counts().requests).toEqual([{ labels: { status: String(status) }, count: 1 }]);
  });

  it('lets browsers send reports from other origins', async () => {
    const { collector } = collecting();
    const headers = { origin: 'https://shop.example', 'access-control-request-method': 'POST' };
    const preflight = new Request('https://reports.example/csp', { method: 'OPTIONS', headers });
    const { headers: told } = new Response(null, await collector.answer(preflight, 'client'));
    expect(told.get('access-control-allow-origin')).toBe('*');
    expect(told.get('access-control-allow-methods')).toBe('POST');
    expect(told.get('access-control-allow-headers')).toBe('content-type');
  });

  it('reads no more than its limit of a body that does not say how long it is', async () => {
    const { collector } = collecting();
    let pulled = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(1024).fill(32));
      },
    });
    const endless = new Request('https://reports.example/csp', {
      method: 'POST',
      headers: JSON_REPORTS,
      body,
      // Node asks for it (Fetch §5.4); the types of browsers do not have it yet.
      ...{ duplex: 'half' },
    });
    expect(await collector.answer(endless, 'client')).toMatchObject({ status: 413 });
    expect(pulled).toBeLessThan(70);
  });

  it('refuses what breaks off, and what is not UTF-8', async () => {
    const { collector } = collecting();
    const ask = (body: ReadableStream<Uint8Array>) =>
      collector.answer({ method: 'POST', headers: new Headers(JSON_REPORTS), body }, 'client');
    const broken = new ReadableStream<Uint8Array>({ start: (controller) => controller.error(new Error('gone')) });
    const binary = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new Uint8Array([0x5b, 0xff, 0x5d]));
        controller.close();
      },
    });
    expect(await ask(broken)).toMatchObject({ status: 400 });
    expect(await ask(binary)).toMatchObject({ status: 400 });
  });

  it('reads letters outside of ASCII, and signs of percent, as they are', async () => {
    const { collector, stored } = collecting({ samples: true });
    await collector.answer(post([violation({ sample: 'größer 100% 🂡 %41' })]), 'client');
    expect(stored[0]?.sample).toBe('größer 100% 🂡 %41');
  });
});

describe('what is stored of a report', () => {
  const time = new Date(NOW).toISOString();
  const document = 'https://shop.example/checkout';

  it('is one line of JSON, with where and what, and no more', async () => {
    const { collector, lines } = collecting();
    await collector.answer(post(legacy(), { 'user-agent': 'Mozilla/5.0' }), '203.0.113.7');
    expect(lines).toHaveLength(1);
    expect(lines[0]?.endsWith('}\n')).toBe(true);
    expect(JSON.parse(lines[0] ?? '')).toEqual({
      time,
      type: 'csp-violation',
      fingerprint:
        'csp-violation enforce frame-src - - https://elements.example/collect.html https://shop.example/checkout -',
      document,
      directive: 'frame-src',
      blocked: 'https://elements.example/collect.html',
      status: 200,
      disposition: 'enforce',
      policy: "default-src 'self'; report-uri /csp",
    });
  });

  it('has the same meaning whichever way it came', async () => {
    const { collector, stored } = collecting();
    await collector.answer(post(legacy({ 'original-policy': 'img-src x' })), 'client');
    await collector.answer(post([violation({ originalPolicy: 'img-src x' }, { age: 0 })]), 'client');
    expect(stored[0]).toEqual(stored[1]);
  });

  it.each<[string, object, object]>([
    [
      'csp-hash',
      {
        documentURL: document,
        subresourceURL: 'https://cdn.example/a.js?v=1',
        hash: `sha256-${'a'.repeat(43)}=`,
        type: 'subresource',
        destination: 'script',
      },
      {
        blocked: 'https://cdn.example/a.js',
        hash: `sha256-${'a'.repeat(43)}=`,
        destination: 'script',
        what: 'subresource',
      },
    ],
    [
      'integrity-violation',
      { documentURL: document, blockedURL: 'https://cdn.example/a.js?v=1', destination: 'script', reportOnly: true },
      { blocked: 'https://cdn.example/a.js', destination: 'script', disposition: 'report' },
    ],
    [
      'coep',
      {
        type: 'corp',
        blockedURL: 'https://elements.example/c.html?x',
        destination: 'iframe',
        disposition: 'reporting',
      },
      { what: 'corp', blocked: 'https://elements.example/c.html', destination: 'iframe', disposition: 'report' },
    ],
    [
      'coop',
      {
        type: 'access-from-coop-page-to-opener',
        disposition: 'enforce',
        property: 'postMessage',
        openerURL: 'https://o.example',
        sourceFile: `${document}?x`,
        lineNumber: 7,
        columnNumber: 9,
      },
      {
        what: 'access-from-coop-page-to-opener',
        message: 'postMessage',
        disposition: 'enforce',
        source: document,
        line: 7,
        column: 9,
      },
    ],
    [
      'deprecation',
      {
        id: 'UnloadHandler',
        message: 'Unload is deprecated, see https://a.example/b?c',
        anticipatedRemoval: null,
        sourceFile: null,
      },
      { what: 'UnloadHandler', message: 'Unload is deprecated, see https://a.example/b' },
    ],
    ['intervention', { id: 'Slow', message: 'Too slow' }, { what: 'Slow', message: 'Too slow' }],
    [
      'permissions-policy-violation',
      { policyId: 'payment', message: 'Payment is not allowed', disposition: 'enforce' },
      { what: 'payment', message: 'Payment is not allowed', disposition: 'enforce' },
    ],
  ])('%s has what matters', async (type, body, kept) => {
    const { collector, lines } = collecting();
    await collector.answer(post([report(type, body)]), 'client');
    const stored: unknown = JSON.parse(lines[0] ?? '{}');
    expect(stored).toEqual({ time, type, document, fingerprint: expect.any(String), ...kept });
  });

  it('has samples and the name of the browser only where they are asked for', async () => {
    const body = [violation({ sample: 'alert(1)' })];
    const usual = collecting();
    await usual.collector.answer(post(body), 'client');
    expect(usual.lines[0]).not.toMatch(/alert|Mozilla/u);
    const asked = collecting({ samples: true, userAgents: true });
    await asked.collector.answer(post(body), 'client');
    await asked.collector.answer(post(legacy(), { 'user-agent': 'Other/1' }), 'client');
    expect(asked.stored).toMatchObject([{ sample: 'alert(1)', userAgent: 'Mozilla/5.0' }, { userAgent: 'Other/1' }]);
  });

  it('is dated by its age, which is a week at most', async () => {
    const { collector, stored } = collecting();
    await collector.answer(
      post([violation({}, { age: 60_000 }), violation({}, { age: Number.MAX_SAFE_INTEGER })]),
      'client',
    );
    expect(stored.map((each) => each.time)).toEqual(['2026-01-02T03:03:05.000Z', '2025-12-26T03:04:05.000Z']);
  });

  it('names directives that exist, and no other', async () => {
    const { collector, stored } = collecting();
    await collector.answer(post([violation({ effectiveDirective: 'x-made-up' })]), 'client');
    await collector.answer(
      post(legacy({ 'effective-directive': null, 'violated-directive': "Frame-Src 'self'" })),
      'client',
    );
    expect(stored.map(({ directive }) => directive)).toEqual(['other', 'frame-src']);
  });
});

describe('a report that does not fit', () => {
  it.each<[string, unknown, string]>([
    ['a number for an address', violation({ blockedURL: 1 }), 'malformed'],
    ['a line that may be a card', violation({ lineNumber: 4_242_424_242_424_242 }), 'malformed'],
    ['a disposition that is none', violation({ disposition: 'x' }), 'malformed'],
    ['no body', { type: 'csp-violation', url: 'https://shop.example/' }, 'malformed'],
    ['no type', { body: {} }, 'malformed'],
    ['null', null, 'malformed'],
    ['a list', [], 'malformed'],
    ['another type', report('network-error', {}), 'type'],
    ['a type that is a member of every object', report('constructor', {}), 'type'],
  ])('(%s) is counted, and those beside it are kept', async (_, entry, reason) => {
    const { collector, stored } = collecting();
    expect(await collector.answer(post([violation(), entry, violation()]), 'client')).toMatchObject({ status: 204 });
    expect(stored).toHaveLength(2);
    expect(collector.counts().refused).toEqual([{ labels: { reason }, count: 1 }]);
  });
});

describe('rates', () => {
  const rates = { client: { burst: 3, perSecond: 1 }, all: { burst: 5, perSecond: 1 }, clients: 10 };

  it('hold a sender, by reports and not by requests, until time has passed', async () => {
    let now = NOW;
    const { collector, stored } = collecting({ rates, now: () => now });
    expect(await collector.answer(post([violation(), violation(), violation(), violation()]), 'a')).toMatchObject({
      status: 204,
    });
    expect(stored).toHaveLength(3);
    expect(collector.counts().refused).toEqual([{ labels: { reason: 'rate' }, count: 1 }]);
    expect(await collector.answer(post(legacy()), 'a')).toMatchObject({ status: 429 });
    expect(await collector.answer(post(legacy()), 'b')).toMatchObject({ status: 204 });
    now += 1000;
    expect(await collector.answer(post(legacy()), 'a')).toMatchObject({ status: 204 });
  });

  it('hold all senders together', async () => {
    const { collector } = collecting({ rates });
    const answers = ['a', 'b', 'c', 'd', 'e', 'f'].map(async (client) => collector.answer(post(legacy()), client));
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([204, 204, 204, 204, 204, 429]);
  });

  it('are by default a hundred reports of one sender, and a thousand of all', async () => {
    const { collector, stored } = collecting();
    const many = Array.from({ length: MOST_REPORTS }, () => violation());
    const answers: number[] = [];
    for (let client = 0; client < 11; client += 1) {
      answers.push((await collector.answer(post(many), String(client))).status);
      if (client === 0) expect(await collector.answer(post(legacy()), '0')).toMatchObject({ status: 429 });
    }
    expect(answers).toEqual([...Array.from({ length: 10 }, () => 204), 429]);
    expect(stored).toHaveLength(1000);
  });

  it('look at no body of one who is held', async () => {
    const { collector } = collecting({ rates: { ...rates, client: { burst: 0, perSecond: 0 } } });
    const request = post(legacy());
    expect(await collector.answer(request, 'a')).toMatchObject({ status: 429 });
    expect(request.bodyUsed).toBe(false);
  });
});

describe('a sink', () => {
  it('that fails loses lines, which are counted, and no groups', async () => {
    const { collector } = collecting({ sink: () => Promise.reject(new Error('disk full')) });
    expect(await collector.answer(post(legacy()), 'client')).toMatchObject({ status: 204 });
    expect(collector.counts()).toMatchObject({ unwritten: 1, groups: 1 });
  });
});
