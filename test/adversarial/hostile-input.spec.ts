import type { Frame, Page } from '@playwright/test';
import { BenchPage, VISA, type Mode } from '../support/bench-page.js';
import { addRawFrames, COLLECT_SETUP } from '../support/raw-frame.js';
import { expect, test } from '../support/test.js';
import type { World } from '../support/world.js';

const MODE: Mode = 'one frame';

/** Opens a collect frame by hand and shakes hands with it; the frame itself is the answer. */
async function openCollect(page: Page, world: World): Promise<Frame> {
  await addRawFrames(page);
  await page.goto(`${world.shop}/bench`);
  await page.evaluate(
    async ({ url, setup }) => {
      window.raw = await window.openReady(url, setup, (iframe) => (iframe.height = '400'));
    },
    { url: `${world.elements}/collect.html`, setup: COLLECT_SETUP },
  );
  const frame = page.frames().find((each) => each.url().includes('/collect.html'));
  if (frame === undefined) throw new Error('there is no frame');
  return frame;
}

/** Keys that reach the prototype of everything where objects are merged carelessly. */
const POLLUTION = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"prototype":{"polluted":1}}';

test.describe('poisoned keys', () => {
  test('A42 in options pollute neither the page nor a frame, wherever they stand', async ({ page, world }) => {
    const bench = new BenchPage(page, world);
    await bench.mountCard(MODE);
    await page.evaluate((text) => {
      const evil = (): never => JSON.parse(text) as never;
      const attempts: (() => unknown)[] = [
        () => window.makeClient(evil()),
        () => window.makeClient({ appearance: evil() }),
        () => window.makeClient({ appearance: { rules: evil(), variables: evil() } }),
        () => window.client.collect('cards', evil()),
        () => window.client.collect('__proto__'),
        () => window.client.collect('cards', { messages: evil(), appearance: evil() }),
        () => window.form.field('__proto__'),
        () => window.form.field('number', evil()),
        () => window.form.update({ texts: evil() }),
        () => window.form.update({ texts: { number: evil() } }),
        () => window.form.update({ appearance: { rules: { input: evil() } } }),
        () => window.form.field('number').update({ help: evil() }),
        () => window.client.reveal(evil()),
        () => window.client.reveal().value('__proto__', evil()),
      ];
      for (const attempt of attempts) {
        try {
          attempt();
        } catch (error) {
          if (!(error instanceof TypeError)) throw error;
        }
      }
    }, POLLUTION);
    for (const frame of page.frames()) expect(await frame.evaluate(() => 'polluted' in {})).toBe(false);
    await bench.fill(VISA, MODE);
    expect(await bench.submit()).toMatchObject({ ok: true });
  });

  test('A14 A42 in messages by a page without the SDK are refused with a code, and inherited names are no methods', async ({
    page,
    world,
  }) => {
    const frame = await openCollect(page, world);
    const replies = await page.evaluate(async (text) => {
      const evil: unknown = JSON.parse(text);
      const { raw } = window;
      const calls: [string[], unknown][] = [
        [['update'], evil],
        [['update'], { texts: evil }],
        [['update'], { texts: { number: evil } }],
        [['update'], { appearance: { rules: evil } }],
        [['focus'], { field: '__proto__' }],
        [['clear'], { field: 'constructor' }],
        [['toString'], {}],
        [['constructor'], {}],
        [['__proto__', 'toString'], {}],
        [['update', 'constructor'], 'return 1'],
        [['value'], { field: 'number' }],
      ];
      const answers: unknown[] = [];
      for (const [method, argument] of calls) answers.push(await raw.call(method, argument));
      return answers.map((answer) => JSON.stringify(answer));
    }, POLLUTION);
    for (const reply of replies) expect(reply).toMatch(/"ok":false,"code":"(?:message|field|appearance)"/u);
    expect(await frame.evaluate(() => 'polluted' in {})).toBe(false);
  });
});
