import { EngineBench } from '../support/engines/engine-bench.js';
import { expect, test } from '../support/engines/engine-test.js';

const FLOOD = 10_000;

test('A41 A44 A45 under a flood, giants and odd clones the frame is typed into, and works on', async ({
  tab,
  world,
}) => {
  const bench = new EngineBench(tab, world);
  await bench.openRaw();
  await tab.runIn(['#raw'], () => {
    Object.assign(window, { relabelled: 0 });
    const label = document.querySelector('label');
    const count = window as unknown as { relabelled: number };
    if (label !== null) new MutationObserver(() => (count.relabelled += 1)).observe(label, { childList: true });
  });
  await tab.run((flood) => {
    const { raw } = window;
    const call = { namespace: 'penpal', type: 'CALL', id: crypto.randomUUID(), methodPath: ['update'] };
    const giant = 'x'.repeat(10 * 1024 * 1024);
    const slow = { pattern: '^(a+)+$', mask: '^(a+)+$', regex: '(a|a)*$' };
    // Of a hole of 1e9 members WebKit copies each, and so stalls the page that sends it before anything is sent.
    const hole = new Array(1e6);
    const odd: unknown[] = [
      giant,
      { ...call, args: [giant] },
      { ...call, args: [{ texts: { name: slow } }] },
      { ...call, args: [{ texts: { name: { label: /a/u } } }] },
      new Map([[1, 2]]),
      /a/u,
      new Date(),
      [giant],
      hole,
      new Blob(['x']),
      new Uint8Array(1e6),
    ];
    const post = (message: unknown): void => {
      raw.send(message);
      raw.iframe.contentWindow?.postMessage(message, '*');
    };
    odd.forEach(post);
    for (let index = 0; index < flood; index += 1) {
      raw.send({ ...call, args: [{ texts: { number: { label: String(index) } } }] });
      raw.iframe.contentWindow?.postMessage({ cloister: 'welcome', frame: String(index) }, '*');
    }
  }, FLOOD);
  await tab.click(['#raw'], '#field-4');
  // Some handwriting for the pattern, had anybody taken it: minutes of work.
  await tab.type(`${'a'.repeat(40)}!`);
  await tab.click(['#raw'], '#field-1');
  await tab.type('4242424242424242');
  const shown = (): Promise<string> =>
    tab.runIn(['#raw'], () => document.querySelector<HTMLInputElement>('#field-1')?.value ?? '');
  await expect.poll(shown).toBe('4242 4242 4242 4242');
  // It hears again after a while; of the flood most was dropped unread.
  const again = (): Promise<unknown> =>
    tab.run(() => window.raw.call(['update'], { texts: { number: { label: 'again' } } }));
  await expect.poll(again, { timeout: 20_000 }).toMatchObject({ ok: true });
  const handled = await tab.runIn(['#raw'], () => (window as unknown as { relabelled: number }).relabelled);
  expect(handled).toBeGreaterThan(0);
  expect(handled).toBeLessThan(FLOOD / 2);
});
