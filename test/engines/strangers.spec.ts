import { fling, forgeries } from '../support/attackers.js';
import { VISA, type Mode } from '../support/bench-page.js';
import { EngineBench, serveBench } from '../support/engines/engine-bench.js';
import { expect, test } from '../support/engines/engine-test.js';
import { addFrame, serveStranger } from '../support/engines/strangers.js';
import { storedRecords } from '../support/stored.js';
import { CARD, VaultCaller } from '../support/vault-caller.js';

declare global {
  interface Window {
    /** Messages that came before the SDK's welcome. */
    interjected: number;
  }
}

const MODE: Mode = 'one frame';

/** What peers' handshakes begin with; the legacy form changes how a careless messenger reads all that comes later. */
const SYNS: readonly object[] = [
  { penpal: 'syn' },
  { penpal: 'synAck', methodNames: ['update'] },
  { penpal: 'ack', methodNames: [] },
  { namespace: 'penpal', type: 'SYN', participantId: 'zzzz' },
  { namespace: 'penpal', type: 'ACK1', methodPaths: [] },
  { namespace: 'penpal', type: 'DESTROY' },
];

/** Prelude: answers every greeting of our frames with all of that, before the SDK can answer it. */
function interject({ elements, messages }: { readonly elements: string; readonly messages: readonly object[] }): void {
  window.interjected = 0;
  window.addEventListener(
    'message',
    ({ data, origin, source }: MessageEvent<{ cloister?: string }>) => {
      if (origin !== elements || data.cloister !== 'hello') return;
      for (const message of messages) (source as Window).postMessage(message, '*');
      window.interjected += messages.length;
    },
    true,
  );
}

test('A12 a foreign handshake between a frame’s greeting and its welcome: the right one still connects', async ({
  tab,
  world,
}) => {
  const bench = new EngineBench(tab, world);
  const known = { build: world.site.build, frames: [{ role: 'collect', frame: 'a'.repeat(22) }] };
  const messages = [...SYNS, ...forgeries(known)];
  await bench.open({ preludes: [{ run: interject, given: { elements: world.elements, messages } }] });
  await addFrame(tab, { id: 'ad', src: `${world.hosts.origin('ads')}${serveStranger(world)}` });
  expect((await tab.runIn(['#ad'], fling, messages)).heard).toEqual([]);
  expect(await bench.tryMount(MODE)).toBeNull();
  expect((await tab.runIn(['#ad'], fling, messages)).heard).toEqual([]);
  await bench.fill(VISA, MODE);
  expect(await bench.submit()).toMatchObject({ ok: true });
  // Form and coordinator were both met so; who is asked to greet again before he is welcomed does so.
  expect(await tab.run(() => window.interjected)).toBeGreaterThanOrEqual(2 * messages.length);
});

test('A17 calls over the window, in penpal’s own words, change nothing; over the port they do', async ({
  tab,
  world,
}) => {
  const bench = new EngineBench(tab, world);
  await bench.openRaw();
  await tab.runIn(['#raw'], () => {
    Object.assign(window, { arrived: 0, labels: [] });
    const { labels } = window as unknown as { readonly labels: string[] };
    window.addEventListener('message', () => ((window as unknown as { arrived: number }).arrived += 1));
    const label = document.querySelector('.label');
    if (label !== null) new MutationObserver(() => labels.push(label.textContent)).observe(label, { childList: true });
  });
  const outcome = await tab.run(async (elements) => {
    const call = (label: string, channel: object): object => ({
      namespace: 'penpal',
      ...channel,
      type: 'CALL',
      id: crypto.randomUUID(),
      methodPath: ['update'],
      args: [{ texts: { number: { label } } }],
    });
    const { iframe, noise } = window.raw;
    for (const channel of [{}, { channel: undefined }, { channel: 'cloister' }])
      for (let count = 0; count < 5; count += 1) {
        iframe.contentWindow?.postMessage(call('window', channel), elements);
        const { port1, port2 } = new MessageChannel();
        port1.start();
        iframe.contentWindow?.postMessage(call('window', channel), elements, [port2]);
      }
    window.raw.send(call('envelope over the port', {}));
    const reply = await window.raw.call(['update'], { texts: { number: { label: 'port' } } });
    return { reply, noise: noise.length };
  }, world.elements);
  expect(outcome).toMatchObject({ reply: { ok: true }, noise: 0 });
  const seen = await tab.runIn(['#raw'], () => {
    const { arrived, labels } = window as unknown as { readonly arrived: number; readonly labels: readonly string[] };
    return { arrived, labels };
  });
  expect(seen).toEqual({ arrived: 30, labels: ['envelope over the port', 'port'] });
});

test('A24 a page that is not on the list embeds no frame of ours, directly or inside of a page that is', async ({
  tab,
  world,
}) => {
  const { hosts, elements, shop } = world;
  const tell = `<script>addEventListener('message', ({ data, origin }) => { (window.heard ??= []).push(origin + data.cloister);
if (parent !== window) parent.postMessage({ nested: data.cloister }, '*'); });</script>`;
  const frames = ['collect', 'reveal', 'coordinator'].map((role) => `<iframe src="${elements}/${role}.html"></iframe>`);
  const inner = hosts.serve('/inner', { body: `<!doctype html>${tell}${frames.join('')}` });
  const outer = hosts.serve('/outer', {
    body: `<!doctype html><script>addEventListener('message', ({ data }) => { (window.heard ??= []).push(data.nested); });</script>
<iframe id="inner" src="${shop}${inner}"></iframe>`,
  });
  const heard = (): number => (window as unknown as { heard?: unknown[] }).heard?.length ?? 0;
  for (const address of [`${hosts.origin('evil')}${inner}`, `${hosts.origin('evil')}${outer}`]) {
    await tab.goto(address);
    // The page is loaded when its frames are, and a frame greets while it loads.
    await tab.run(() => new Promise((resolve) => setTimeout(resolve, 200)).then(() => null));
    expect(await tab.run(heard), address).toBe(0);
  }
  // A listed page is greeted by all three, so what is seen above is the refusal.
  await tab.goto(`${shop}${inner}`);
  await expect.poll(() => tab.run(heard)).toBe(3);
  const bench = new EngineBench(tab, world);
  await bench.open({ host: 'evil' });
  expect(await bench.tryMount(MODE, 5000)).toMatchObject({ code: 'origin' });
  const nesting = hosts.serve('/nesting', {
    body: `<!doctype html><iframe id="shop" src="${serveBench(world)}"></iframe>`,
  });
  await tab.goto(`${hosts.origin('evil')}${nesting}`);
  await tab.until(['#shop'], () => 'makeClient' in window);
  const code = await tab.runIn(['#shop'], () =>
    window
      .makeClient()
      .collect('cards')
      .mount('#card', { layout: [['number']] })
      .then(
        () => 'mounted',
        (error: unknown) => (error as { code: string }).code,
      ),
  );
  expect(code).toBe('origin');
});

test('A88 A89 scripts and forms of other pages cannot use the vault, though they hold session and key', async ({
  tab,
  world,
}) => {
  const caller = new VaultCaller(world);
  for (const host of ['shop', 'evil']) {
    const before = await storedRecords(world);
    const token = await caller.collectSession({ uses: 3 });
    await new EngineBench(tab, world).open({ host });
    const send = (type: string, mode: 'cors' | 'no-cors'): Promise<string> =>
      tab.run(
        async ({ url, headers, body, mode }) => {
          try {
            const response = await fetch(url, { method: 'POST', headers, body, mode });
            return `${response.type} ${String(response.status)}`;
          } catch (error) {
            return (error as Error).name;
          }
        },
        {
          url: caller.url('/v1/records'),
          headers: {
            authorization: `DPoP ${token}`,
            dpop: caller.prove('/v1/records', token),
            'idempotency-key': 'a'.repeat(16),
            'content-type': type,
          },
          body: JSON.stringify({ collection: 'cards', origin: world.shop, values: CARD }),
          mode,
        },
      );
    expect(await send('application/json', 'cors'), host).toBe('TypeError');
    const rows = await caller.auditLength();
    expect(await send('text/plain', 'no-cors'), host).not.toMatch(/20/u);
    expect(await caller.auditSince(rows)).toMatchObject([{ operation: 'record.create', refused: 'origin' }]);
    await tab.run((action) => {
      const form = document.createElement('form');
      Object.assign(form, { method: 'post', enctype: 'text/plain', action, target: 'sink' });
      const sink = document.createElement('iframe');
      sink.name = 'sink';
      document.body.append(sink, form);
      form.submit();
    }, caller.url('/v1/records'));
    await expect.poll(async () => (await caller.auditSince(rows)).length).toBe(2);
    expect((await caller.auditSince(rows))[1]).toMatchObject({ operation: 'record.create', refused: 'origin' });
    expect(await storedRecords(world)).toBe(before);
    expect(await caller.record(token)).toMatchObject({ status: 201 });
    expect(await storedRecords(world)).toBe(before + 1);
  }
});
