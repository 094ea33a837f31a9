import { randomUUID } from 'node:crypto';
import { BenchPage } from '../support/bench-page.js';
import { storedRecords } from '../support/stored.js';
import { expect, test } from '../support/test.js';
import { CARD, VaultCaller } from '../support/vault-caller.js';
import type { World } from '../support/world.js';

const TYPE = 'text/plain;charset=UTF-8';
const RECORDS = '/v1/records';

/** Everything that a request takes but the page that may send it; a form writes the `=` between name and value itself. */
async function complete(world: World): Promise<{ readonly caller: VaultCaller; readonly text: string }> {
  const caller = new VaultCaller(world);
  const token = await caller.collectSession();
  const headers = {
    authorization: `DPoP ${token}`,
    dpop: caller.prove(RECORDS, token),
    'idempotency-key': randomUUID(),
  };
  const request = { collection: 'cards', origin: world.shop, values: { ...CARD, name: 'Ann = Bea' } };
  return { caller, text: JSON.stringify({ ...headers, request }) };
}

/** What a page can send without asking, each with the whole request in it. */
const WAYS: Readonly<Record<string, (sent: { readonly url: string; readonly text: string }) => unknown>> = {
  fetch: ({ url, text }) => fetch(url, { method: 'POST', body: text }).catch(() => undefined),
  'fetch that wants no answer': ({ url, text }) => fetch(url, { method: 'POST', body: text, mode: 'no-cors' }),
  'fetch without a referrer': ({ url, text }) =>
    fetch(url, { method: 'POST', body: text, mode: 'no-cors', referrerPolicy: 'no-referrer' }),
  'a beacon': ({ url, text }) => navigator.sendBeacon(url, text),
  'a form': ({ url, text }) => {
    const form = document.createElement('form');
    const input = document.createElement('input');
    const [name = '', ...value] = text.split('=');
    Object.assign(form, { method: 'post', enctype: 'text/plain', action: url });
    Object.assign(input, { name, value: value.join('=') });
    form.append(input);
    document.body.append(form);
    form.submit();
  },
  'a frame of no origin': ({ url, text }) => {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    const call = `fetch(${JSON.stringify(url)}, { method: 'POST', mode: 'no-cors', body: ${JSON.stringify(text)} })`;
    frame.srcdoc = `<script>${call.replaceAll('<', '\\u003c')}</script>`;
    document.body.append(frame);
  },
};

test.describe('a whole request, sent without asking by a page that is not ours', () => {
  for (const [title, send] of Object.entries(WAYS)) {
    for (const host of ['shop', 'evil']) {
      test(`A88 A89 ${title} of ${host}.localhost is refused for its origin, and stores nothing`, async ({
        page,
        world,
      }) => {
        const { caller, text } = await complete(world);
        world.hosts.serve('/blank', { body: '<!doctype html><title>blank</title>' });
        await new BenchPage(page, world).open('/blank', world.hosts.origin(host));
        const [before, rows] = [await storedRecords(world), await caller.auditLength()];
        // Not awaited: a form takes the page away.
        void page.evaluate(send, { url: caller.url(RECORDS), text }).catch(() => undefined);
        await expect
          .poll(() => caller.auditSince(rows))
          .toMatchObject([{ operation: 'record.create', refused: 'origin' }]);
        expect(await storedRecords(world)).toBe(before);
        // Nothing else was wrong with it.
        const honest = { origin: world.elements, 'content-type': TYPE };
        expect(await caller.send(RECORDS, honest, text)).toMatchObject({ status: 201 });
      });
    }
  }
});

test('A75 A89 a request off the wire is of no use in pieces: its text without the origin, its proof in both forms', async ({
  world,
}) => {
  const { caller, text } = await complete(world);
  const { dpop } = JSON.parse(text) as { readonly dpop: string };
  expect(await caller.send(RECORDS, { 'content-type': TYPE }, text)).toMatchObject({ status: 403 });
  const both = { origin: world.elements, 'content-type': TYPE, dpop };
  expect(await caller.send(RECORDS, both, text)).toMatchObject({ status: 415, json: { code: 'media-type' } });
  expect(await caller.lastAudit()).toMatchObject({ operation: 'record.create', refused: 'media-type' });
});
