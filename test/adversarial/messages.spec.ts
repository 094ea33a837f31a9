import type { Page } from '@playwright/test';
import { ATTACKERS, bring, fling, forgeries, openedByStranger, type Known } from '../support/attackers.js';
import { BenchPage, FIELDS, VISA, type Mode } from '../support/bench-page.js';
import { targetsOf, watchTargets } from '../support/target-recorder.js';
import { expect, test } from '../support/test.js';
import type { World } from '../support/world.js';

declare global {
  interface Window {
    hellos: { build: string; role: string; frame: string }[];
    received: number;
  }
}

const MODE: Mode = 'a frame per field';

const ownFrames = (page: Page, { elements }: World): ReturnType<Page['frames']> =>
  page.frames().filter((frame) => frame.url().startsWith(elements));

/** Writes down what frames greet with, so that an attacker can be given every id there is. */
async function overhearGreetings(page: Page): Promise<void> {
  await page.addInitScript(() => {
    if (window !== window.top) return;
    window.hellos = [];
    window.addEventListener('message', ({ data }: MessageEvent<{ cloister?: string }>) => {
      if (data.cloister === 'hello') window.hellos.push(data as unknown as Window['hellos'][number]);
    });
  });
}

async function knownIn(page: Page): Promise<Known> {
  const hellos = await page.evaluate(() => window.hellos);
  return { build: hellos[0]?.build ?? '', frames: hellos.map(({ role, frame }) => ({ role, frame })) };
}

/** Counts the messages that arrive in our frames, to show that the forged ones did. */
async function countMessages(page: Page, world: World): Promise<() => Promise<number>> {
  const frames = ownFrames(page, world);
  for (const frame of frames)
    await frame.evaluate(() => {
      window.received = 0;
      window.addEventListener('message', () => (window.received += 1));
    });
  return async () => {
    const counts = await Promise.all(frames.map((frame) => frame.evaluate(() => window.received)));
    return counts.reduce((sum, count) => sum + count, 0);
  };
}

const shownIn = (bench: BenchPage): Promise<readonly string[]> =>
  Promise.all(FIELDS.map((field) => bench.input(field, MODE).inputValue()));

test.describe('forged messages', () => {
  for (const [attacker, id] of ATTACKERS.map(
    (each, index) => [each, ['A01', 'A02', 'A05', 'A04', 'A04'][index]] as const,
  )) {
    test(`${String(id)} ${attacker} posts all that there is to every frame: nothing changes, nobody answers`, async ({
      page: first,
      world,
    }) => {
      const page = attacker === 'the opener' ? await openedByStranger(first, world) : first;
      await overhearGreetings(page);
      const bench = new BenchPage(page, world);
      await bench.mountCard(MODE);
      const place = await bring(attacker, page, world);
      await page.bringToFront();
      await bench.fill(VISA, MODE);
      await expect.poll(() => ownFrames(page, world).length).toBe(FIELDS.length + 1);
      await expect.poll(async () => (await knownIn(page)).frames.length).toBe(FIELDS.length + 1);
      const before = { state: await bench.state(), shown: await shownIn(bench) };
      const received = await countMessages(page, world);
      const { posted, heard } = await place.evaluate(fling, forgeries(await knownIn(page)));
      expect(posted).toBeGreaterThan(300);
      expect(await received()).toBeGreaterThan(300);
      expect(heard).toEqual([]);
      expect({ state: await bench.state(), shown: await shownIn(bench) }).toEqual(before);
      expect(await bench.submit()).toMatchObject({ ok: true, facts: { number: { brand: 'visa', last4: '4242' } } });
    });
  }

  test('A01 an attacker would hear an answer, over its window and over its ports', async ({ page, world }) => {
    const answer =
      "addEventListener('message', (e) => { e.source.postMessage('w', '*'); e.ports[0]?.postMessage('p'); })";
    world.hosts.serve('/answering', { body: `<!doctype html><script>${answer}</script>` });
    world.hosts.serve('/embedding', { body: `<!doctype html><iframe src="${world.hosts.origin('echo')}/answering">` });
    await page.goto(`${world.shop}/embedding`);
    const ad = await bring('a frame of another site', page, world);
    const { heard } = await ad.evaluate(fling, [{ cloister: 'hello' }]);
    expect(heard).toEqual(expect.arrayContaining(['window "w"', 'port "p"']));
  });

  test('A03 a frame of another site forges greetings and results: nothing resolves before the real one speaks', async ({
    page,
    world,
  }) => {
    const bench = new BenchPage(page, world);
    await bench.mountCard('one frame');
    await bench.fill(VISA, 'one frame');
    const ad = await bring('a frame of another site', page, world);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(`${world.vaultUrl}/v1/records`, async (route) => {
      await held;
      await route.continue();
    });
    const asked = page.waitForRequest(`${world.vaultUrl}/v1/records`);
    let settled = false;
    const outcome = bench.submit().finally(() => (settled = true));
    await asked;
    const { posted } = await ad.evaluate(fling, forgeries({ build: world.site.build, frames: [] }));
    expect(posted).toBeGreaterThan(50);
    expect(settled).toBe(false);
    release();
    expect(await outcome).toMatchObject({ ok: true });
  });

  test('A03 a frame of another site greets in place of one that is still loading: it is not welcomed', async ({
    page,
    world,
  }) => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route(`${world.elements}/collect.html`, async (route) => {
      await held;
      await route.continue();
    });
    const bench = new BenchPage(page, world);
    await bench.open();
    const ad = await bring('a frame of another site', page, world);
    let settled = false;
    const mounted = bench.tryMount('one frame').finally(() => (settled = true));
    await page.locator('#card iframe').waitFor({ state: 'attached' });
    const known: Known = { build: world.site.build, frames: [{ role: 'collect', frame: 'a'.repeat(22) }] };
    expect((await ad.evaluate(fling, forgeries(known))).heard).toEqual([]);
    expect(settled).toBe(false);
    release();
    expect(await mounted).toBeNull();
  });
});

test('A06 no frame addresses a message to just anybody', async ({ page, world }) => {
  await watchTargets(page, world.elements);
  const bench = new BenchPage(page, world);
  await bench.mountCard(MODE);
  await bench.fill(VISA, MODE);
  expect(await bench.submit()).toMatchObject({ ok: true });
  const frames = ownFrames(page, world);
  expect(frames).toHaveLength(FIELDS.length + 1);
  for (const frame of frames) {
    const targets = await targetsOf(frame);
    expect(targets).toContain(world.shop);
    expect(targets).toContain(world.elements);
    expect(targets.filter((target) => target !== world.shop && target !== world.elements)).toEqual([]);
    // The record would hold it.
    await frame.evaluate(() => {
      parent.postMessage('seen', '*');
    });
    expect(await targetsOf(frame)).toContain('*');
  }
});
