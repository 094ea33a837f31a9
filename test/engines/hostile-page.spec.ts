import { VISA, type Mode } from '../support/bench-page.js';
import { findLeaks } from '../support/canary.js';
import { EngineBench } from '../support/engines/engine-bench.js';
import { expect, test } from '../support/engines/engine-test.js';
import { patchBuiltins, slipPorts, waveFlags } from '../support/engines/hostile-preludes.js';
import { setTrap } from '../support/engines/trap.js';
import { addOpenRaw } from '../support/raw-frame.js';
import { storedRecords } from '../support/stored.js';

const MODE: Mode = 'one frame';

test('A22 A23 A25 flags, options, names and addresses switch nothing on: the card goes to the vault, and nowhere else', async ({
  tab,
  world,
  engineName,
}) => {
  const trap = setTrap(world, '/v1/records');
  const thief = new URL(trap.url).origin;
  const before = await storedRecords(world);
  const bench = new EngineBench(tab, world);
  // Firefox names no ancestors to a frame that is told no referrer, and the frame refuses: see below.
  const given = { thief, hideReferrer: engineName !== 'firefox' };
  await bench.mountCard(MODE, { preludes: [{ run: waveFlags, given }] });
  expect(await tab.runIn(['#card iframe'], () => window.name)).toContain('thief');
  await tab.run((vault) => {
    for (const { contentWindow } of document.querySelectorAll('iframe'))
      for (const message of [{ vault }, { cloister: 'welcome', vault }, { cloister: 'config', config: { vault } }])
        contentWindow?.postMessage(message, '*');
  }, thief);
  await bench.fill(VISA, MODE);
  expect(await bench.submit()).toMatchObject({ ok: true, facts: { number: { brand: 'visa', last4: '4242' } } });
  expect(await storedRecords(world)).toBe(before + 1);
  const state = await tab.run(() => JSON.stringify(window.form.state));
  expect(findLeaks([{ where: 'state', content: state }], VISA)).toEqual([]);
  expect(trap.hits).toEqual([]);
  await tab.run((url) => fetch(url, { method: 'POST', body: 'it would be seen' }).then(() => null), trap.url);
  expect(trap.hits).toHaveLength(1);
});

test('A22 a frame from which the page hides who embeds it runs only where another evidence is left', async ({
  tab,
  world,
  engineName,
}) => {
  const bench = new EngineBench(tab, world);
  const given = { thief: 'http://thief.localhost', hideReferrer: true };
  await bench.open({ preludes: [{ run: waveFlags, given }] });
  const refused = await bench.tryMount(MODE);
  if (engineName === 'firefox') expect(refused).toMatchObject({ code: 'origin' });
  else expect(refused).toBeNull();
});

test('A23 by the address of the frames: anything but an exact origin is refused at once', async ({ tab, world }) => {
  const bench = new EngineBench(tab, world);
  await bench.open();
  const suffixes = ['/', '?vault=x', '#vault=x', '/coordinator.html?vault=x', '\\@thief', '@thief.localhost'];
  const thrown = await tab.run(
    ({ elements, suffixes }) =>
      suffixes.map((suffix) => {
        try {
          window.makeClient({ elements: `${elements}${suffix}` });
          return 'nothing';
        } catch (error) {
          return error instanceof Error ? error.name : 'something';
        }
      }),
    { elements: world.elements, suffixes },
  );
  expect(thrown).toEqual(suffixes.map(() => 'TypeError'));
});

test('A23 A69 the coordinator could reach no other vault: its policy names one', async ({ tab, world }) => {
  const trap = setTrap(world, '/v1/open');
  const bench = new EngineBench(tab, world);
  await bench.mountCard(MODE);
  await bench.enter(MODE);
  const reach = (url: string): Promise<string> =>
    fetch(url, { method: 'POST', body: '' }).then(
      ({ status }) => String(status),
      (error: unknown) => (error as Error).name,
    );
  const coordinator = ['iframe[src$="/coordinator.html"]'];
  expect(await tab.run(reach, trap.url)).toBe('200');
  expect(await tab.runIn(coordinator, reach, trap.url)).toBe('TypeError');
  expect(await tab.runIn(coordinator, reach, `${world.vaultUrl}/v1/records`)).toBe('415');
  expect(await tab.runIn(['#card iframe'], reach, `${world.vaultUrl}/v1/records`)).toBe('TypeError');
  expect(trap.hits).toHaveLength(1);
});

test('A28 every builtin of the page notes what it is given: the whole job passes by without a value', async ({
  tab,
  world,
}) => {
  const bench = new EngineBench(tab, world);
  await bench.mountCard(MODE, { preludes: [{ run: patchBuiltins }] });
  await bench.fill(VISA, MODE);
  const outcome = await bench.submit();
  expect(outcome).toMatchObject({ ok: true });
  const taken = await tab.run(() => window.taken.join('\n'));
  // What the page may see it did see: the messages of the frames and the answer.
  expect(taken).toContain('"status":"valid"');
  expect(taken).toContain(outcome.ok ? outcome.record : 'a record');
  expect(findLeaks([{ where: 'builtins', content: taken }], VISA)).toEqual([]);
});

test('A09 a page cannot slip a port of its own into a pairing, though it knows both ids and asks all the time', async ({
  tab,
  world,
}) => {
  const bench = new EngineBench(tab, world);
  await bench.mountCard(MODE, { preludes: [{ run: slipPorts }] });
  await bench.fill(VISA, MODE);
  expect(await bench.submit()).toMatchObject({ ok: true });
  expect(await tab.run(() => window.slipped)).toBeGreaterThan(100);
  expect(await tab.run(() => window.tapped)).toEqual([]);
});

test('A05 A27 sandboxed without its origin no document boots, and the SDK refuses such a mount', async ({
  tab,
  world,
}) => {
  const bench = new EngineBench(tab, world);
  await bench.open({ preludes: [{ run: addOpenRaw }] });
  const open = (sandbox: string): Promise<readonly number[]> =>
    tab.run(
      async ({ elements, sandbox }) => {
        const opened = ['collect', 'reveal', 'coordinator'].map((role) =>
          window.openRaw(`${elements}/${role}.html`, (iframe) => {
            iframe.setAttribute('sandbox', sandbox);
          }),
        );
        return (await Promise.all(opened)).map(({ hellos }) => hellos.length);
      },
      { elements: world.elements, sandbox },
    );
  expect(await open('allow-scripts')).toEqual([0, 0, 0]);
  expect(await open('allow-scripts allow-same-origin')).toEqual([1, 1, 1]);
  await tab.run(() => {
    const set = Element.prototype.setAttribute;
    Element.prototype.setAttribute = function (name, value): void {
      set.call(this, name, name === 'sandbox' ? 'allow-scripts' : value);
    };
  });
  expect(['unsupported', 'blocked', 'timeout']).toContain((await bench.tryMount(MODE, 6000))?.code);
});
