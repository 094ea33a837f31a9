import type { Frame, Page } from '@playwright/test';
import { addClones, postMutants } from '../support/clones.js';
import { watchErrors } from '../support/frame-errors.js';
import { addRawFrames, COLLECT_SETUP } from '../support/raw-frame.js';
import { expect, test } from '../support/test.js';
import type { World } from '../support/world.js';

const TYPED = '4242 4242 4242 4242';

async function openPage(page: Page, world: World): Promise<void> {
  await addRawFrames(page);
  await page.addInitScript(addClones);
  await page.goto(`${world.shop}/bench`);
}

/** A fresh collect frame that the page opened by hand, with a number in it. */
async function openTyped(page: Page, world: World): Promise<Frame> {
  await page.evaluate(
    async ({ url, setup }) => {
      (window.raw as typeof window.raw | undefined)?.iframe.remove();
      window.raw = await window.openReady(url, setup, (iframe) => (iframe.height = '400'));
    },
    { url: `${world.elements}/collect.html`, setup: COLLECT_SETUP },
  );
  // The last: the frame that it takes the place of may still be on its way out.
  const frame = page.frames().findLast((each) => each.url().includes('/collect.html'));
  if (frame === undefined) throw new Error('there is no frame');
  await frame.locator('input').first().click();
  await page.keyboard.type(TYPED);
  return frame;
}

/** The frame is as it was: it holds what was typed, takes keys, answers calls, and nothing in it broke. */
async function expectUnmoved(frame: Frame, errors: () => Promise<readonly string[]>): Promise<void> {
  const page = frame.page();
  const input = frame.locator('input').first();
  await expect(input).toHaveValue(TYPED);
  await input.press('Backspace');
  await page.keyboard.type('2');
  await expect(input).toHaveValue(TYPED);
  await expect.poll(() => page.evaluate(() => window.raw.call(['validate'], {}))).toMatchObject({ ok: true });
  expect(await frame.evaluate(() => 'polluted' in {})).toBe(false);
  expect(await errors()).toEqual([]);
}

test('A01 A42 A45 whatever structured clone can carry, as a message, an argument, a method or an envelope’s part, moves nothing', async ({
  page,
  world,
}) => {
  await openPage(page, world);
  const frame = await openTyped(page, world);
  const errors = await watchErrors(frame);
  const posted = await page.evaluate(async () => {
    const { raw } = window;
    const envelope = { namespace: 'penpal', type: 'CALL', id: 'x', methodPath: ['update'], args: [{}] };
    const wraps: ((value: unknown) => unknown)[] = [
      (value) => value,
      (value) => ({ ...envelope, args: [value] }),
      (value) => ({ ...envelope, args: [{ texts: { number: { label: value } } }] }),
      (value) => ({ ...envelope, methodPath: value }),
      (value) => ({ ...envelope, methodPath: [value], id: value }),
      (value) => ({ cloister: 'welcome', frame: value }),
    ];
    let count = 0;
    for (const wrap of wraps)
      for (const { value, transfer = [] } of await window.clones()) {
        const message = wrap(value);
        // What is transferred goes once; the port takes the rest.
        raw.iframe.contentWindow?.postMessage(message, '*', [...transfer]);
        if (transfer.length === 0) raw.send(message);
        count += 1;
      }
    return count;
  });
  expect(posted).toBeGreaterThan(150);
  await expectUnmoved(frame, errors);
});

test('A01 A44 2,000 mutants of legal envelopes, in the same order each time, break nothing and reach no value', async ({
  page,
  world,
}) => {
  await openPage(page, world);
  // A fresh frame for as many as its budget admits: what is dropped unread proves nothing.
  for (let seed = 1; seed <= 8; seed += 1) {
    const frame = await openTyped(page, world);
    const errors = await watchErrors(frame);
    await page.evaluate(postMutants, { seed, count: 250 });
    await expect.poll(() => page.evaluate(() => window.raw.call(['validate'], {}))).toMatchObject({ ok: true });
    expect(await errors()).toEqual([]);
  }
  const heard = await page.evaluate(() => window.overPorts);
  expect(heard.filter((line) => line.includes('"ok":false')).length).toBeGreaterThan(100);
  expect(heard.filter((line) => /4242 ?4242/u.test(line))).toEqual([]);
  expect(heard.filter((line) => line.includes('stack') || line.includes('"isError":true'))).toEqual([]);
});
