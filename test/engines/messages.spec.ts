import { fling, forgeries } from '../support/attackers.js';
import { FIELDS, VISA, type Mode } from '../support/bench-page.js';
import { EngineBench } from '../support/engines/engine-bench.js';
import { expect, test } from '../support/engines/engine-test.js';
import { addFrame, knownIn, overhearGreetings, serveStranger } from '../support/engines/strangers.js';
import { Tab } from '../support/engines/tab.js';
import { serveLookAlike } from '../support/look-alike.js';
import { recordTargets } from '../support/target-recorder.js';
import { startWorld, type World } from '../support/world.js';
import type { Place, Session } from '../support/engines/driver.js';
import { withScript } from '../support/engines/with-script.js';

const MODE: Mode = 'one frame';
const FRAMES: readonly Place[] = [['#card iframe'], ['iframe[src$="/coordinator.html"]']];

/** Pays nothing yet: a filled form, and what page and shopper see of it. */
async function filled(tab: Tab, world: World): Promise<{ readonly bench: EngineBench; look(): Promise<unknown> }> {
  const bench = new EngineBench(tab, world);
  await bench.mountCard(MODE, { preludes: [{ run: overhearGreetings }] });
  await bench.fill(VISA, MODE);
  await tab.until([], () => window.hellos.length === 2);
  return {
    bench,
    look: async () => [
      await tab.run(() => window.form.state),
      await Promise.all(FIELDS.map((field) => bench.text(field, MODE))),
    ],
  };
}

/** The tab that a page of this session opened. */
async function openedTab(session: Session, opener: Tab): Promise<Tab> {
  await expect.poll(async () => (await session.tabs()).length).toBe(2);
  const driver = (await session.tabs()).find((each) => each !== opener.driver);
  if (driver === undefined) throw new Error('there is no other tab');
  return new Tab(driver);
}

test('A01 A02 A05 page, a frame of another site and one without origin post all that there is: nothing changes, nobody answers', async ({
  tab,
  world,
}) => {
  const { bench, look } = await filled(tab, world);
  const src = `${world.hosts.origin('ads')}${serveStranger(world)}`;
  await addFrame(tab, { id: 'ad', src });
  await addFrame(tab, { id: 'opaque', src, sandbox: 'allow-scripts' });
  for (const place of FRAMES)
    await tab.runIn(place, () => {
      window.received = 0;
      window.addEventListener('message', () => (window.received += 1));
    });
  const before = await look();
  const messages = forgeries(await knownIn(tab));
  for (const place of [[], ['#ad'], ['#opaque']]) {
    const { posted, heard } = await tab.runIn(place, fling, messages);
    expect(posted, String(place)).toBeGreaterThan(150);
    expect(heard, String(place)).toEqual([]);
  }
  for (const place of FRAMES) expect(await tab.runIn(place, () => window.received)).toBeGreaterThan(150);
  expect(await look()).toEqual(before);
  expect(await bench.submit()).toMatchObject({ ok: true });
});

test('A04 A07 a popup of another site posts all that there is, and hears nothing while a card is paid with', async ({
  tab,
  world,
  session,
}) => {
  const { bench, look } = await filled(tab, world);
  await tab.run(
    (url) => {
      const button = document.querySelector<HTMLButtonElement>('#before');
      if (button !== null) button.onclick = () => void window.open(url);
    },
    `${world.hosts.origin('ads')}${serveStranger(world)}`,
  );
  await tab.click([], '#before');
  const popup = await openedTab(session, tab);
  await popup.until([], () => document.querySelector('#open') !== null);
  await popup.run(() => {
    Object.assign(window, { received: 0 });
    window.addEventListener('message', () => (window.received += 1));
  });
  const messages = forgeries(await knownIn(tab));
  const { posted, heard } = await popup.run(fling, messages);
  expect(posted).toBeGreaterThan(150);
  expect(heard).toEqual([]);
  await tab.driver.show();
  expect(await look()).toMatchObject([{ complete: true }, { length: FIELDS.length }]);
  expect(await bench.submit()).toMatchObject({ ok: true });
  expect(await popup.run(() => window.received)).toBe(0);
});

test('A04 the page’s opener posts all that there is: nothing changes, nobody answers', async ({
  tab,
  world,
  session,
}) => {
  await tab.goto(`${world.hosts.origin('evil')}${serveStranger(world)}`);
  await tab.run(() => {
    Object.assign(window, { goal: 'about:blank' });
  });
  await tab.click([], '#open');
  const shop = await openedTab(session, tab);
  const { bench, look } = await filled(shop, world);
  const before = await look();
  const { posted, heard } = await tab.run(fling, forgeries(await knownIn(shop)));
  expect(posted).toBeGreaterThan(150);
  expect(heard).toEqual([]);
  await shop.driver.show();
  expect(await look()).toEqual(before);
  expect(await bench.submit()).toMatchObject({ ok: true });
});

test('A03 A07 A10 a look-alike beside our frames floods the page with greetings and results, and is told nothing', async ({
  tab,
  world,
}) => {
  const { url, heard } = serveLookAlike(world);
  const forging = world.hosts.serve('/forging', {
    body: `<!doctype html><script>
const forged = ${JSON.stringify(forgeries({ build: world.site.build, frames: [{ role: 'collect', frame: 'a'.repeat(22) }] }))};
setInterval(() => { for (const message of forged) parent.postMessage(message, '*'); }, 25);</script>`,
  });
  const bench = new EngineBench(tab, world);
  await bench.open({ preludes: [{ run: overhearGreetings }] });
  await tab.run(
    ([lookAlike, forger]) => {
      for (const [name, src] of [
        ['coordinator', lookAlike],
        ['collect', forger],
      ]) {
        const iframe = document.createElement('iframe');
        Object.assign(iframe, { src, title: 'Secure connection', name });
        document.body.prepend(iframe);
      }
    },
    [url, `${world.hosts.origin('evil')}${forging}`],
  );
  await expect.poll(() => heard).toContain('listened');
  expect(await bench.tryMount(MODE)).toBeNull();
  await bench.fill(VISA, MODE);
  const outcome = await bench.submit();
  expect(outcome).toMatchObject({ ok: true, facts: { number: { brand: 'visa', last4: '4242' } } });
  // The forged record, sent all the time, was not taken for the vault's.
  expect(outcome.ok && outcome.record).not.toBe('00000000-0000-4000-8000-000000000000');
  expect(await tab.run(() => window.hellos.length)).toBeGreaterThan(20);
  expect(heard).toEqual(['began', 'listened']);
  await tab.run(() => {
    for (const { contentWindow } of document.querySelectorAll('iframe')) contentWindow?.postMessage('to anybody', '*');
  });
  await expect.poll(() => heard).toEqual(['began', 'listened', '"to anybody"']);
});

test('A08 a look-alike that stands in the frame from the start, and greets as ours, gets no welcome', async ({
  tab,
  world,
}) => {
  const { url, heard } = serveLookAlike(world);
  const bench = new EngineBench(tab, world);
  await bench.open();
  await tab.run((src) => {
    const observer = new MutationObserver(() => {
      const iframe = document.querySelector('#card iframe');
      if (iframe === null) return;
      observer.disconnect();
      iframe.setAttribute('src', src);
    });
    observer.observe(document, { subtree: true, childList: true });
  }, url);
  expect(await bench.tryMount(MODE, 5000)).toMatchObject({ code: 'blocked' });
  expect(heard).toEqual(['began', 'listened']);
});

test('A06 no frame addresses a message to just anybody', async ({ tab }) => {
  const world = await startWorld({ served: withScript(recordTargets) });
  try {
    const bench = new EngineBench(tab, world);
    await bench.mountCard(MODE);
    await bench.fill(VISA, MODE);
    expect(await bench.submit()).toMatchObject({ ok: true });
    for (const place of FRAMES) {
      const targets = await tab.runIn(place, () => window.targets);
      expect(targets).toEqual(expect.arrayContaining([world.shop, world.elements]));
      expect(targets.filter((target) => target !== world.shop && target !== world.elements)).toEqual([]);
      // The record would hold it.
      await tab.runIn(place, () => {
        parent.postMessage('seen', '*');
      });
      expect(await tab.runIn(place, () => window.targets)).toContain('*');
    }
  } finally {
    await world.close();
  }
});
