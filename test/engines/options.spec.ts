import { FIELDS, VISA, type Mode } from '../support/bench-page.js';
import { EngineBench } from '../support/engines/engine-bench.js';
import { expect, test } from '../support/engines/engine-test.js';
import { setTrap } from '../support/engines/trap.js';
import { HOSTILE_VALUES } from '../support/hostile-styles.js';

const MODE: Mode = 'one frame';

test('A34 A36 A37 styles of a hostile page fetch, escape and displace nothing: each is refused whole', async ({
  tab,
  world,
}) => {
  test.setTimeout(120_000);
  const trap = setTrap(world, '/style-trap');
  const bench = new EngineBench(tab, world);
  await bench.openRaw();
  const values = HOSTILE_VALUES.map((value) => value.replaceAll('THIEF', trap.url));
  // WebDriver waits so long for one script, and no longer.
  for (let start = 0; start < values.length; start += 20) {
    const through = await tab.run(
      async (some) => {
        const accepted: string[] = [];
        const attempt = async (what: string, appearance: object): Promise<void> => {
          const reply = JSON.stringify(await window.raw.call(['update'], { appearance }));
          if (!reply.includes('"ok":false')) accepted.push(what);
          // The frame takes so many calls a second and drops the rest.
          await new Promise((resolve) => setTimeout(resolve, 8));
        };
        for (const value of some) {
          for (const property of ['backgroundColor', 'fontFamily', 'padding'])
            await attempt(`${property}: ${value}`, { rules: { input: { base: { [property]: value } } } });
          await attempt(`--color-text: ${value}`, { variables: { colorText: value } });
        }
        return accepted;
      },
      values.slice(start, start + 20),
    );
    expect(through).toEqual([]);
  }
  const displaced = [
    'position',
    'transform',
    'opacity',
    'content',
    'zIndex',
    'filter',
    'animation',
    'display',
    'cursor',
  ];
  for (const property of displaced) {
    const appearance = { rules: { input: { base: { [property]: 'inherit' } } } };
    const reply = await tab.run((given) => window.raw.call(['update'], given), { appearance });
    expect(reply, property).toMatchObject({ ok: false });
  }
  const good = { appearance: { rules: { input: { base: { color: 'rgb(1, 2, 3)' } } } } };
  expect(await tab.run((given) => window.raw.call(['update'], given), good)).toMatchObject({ ok: true });
  expect(
    await tab.runIn(['#raw'], () => getComputedStyle(document.querySelector('input') ?? document.body).color),
  ).toBe('rgb(1, 2, 3)');
  await tab.click(['#raw'], 'input');
  await tab.type('4242');
  expect(trap.hits).toEqual([]);
});

test('A34 A36 a style that got past the frame would still fetch nothing: the policy is a second wall', async ({
  tab,
  world,
}) => {
  const trap = setTrap(world, '/sheet-trap');
  const bench = new EngineBench(tab, world);
  await bench.mountCard(MODE);
  const adopt = (url: string): null => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`@font-face{font-family:x;src:url(${url}?font);unicode-range:U+34}
      input{font-family:x!important;background:url(${url}?background)!important;cursor:url(${url}?cursor),auto}`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return null;
  };
  await tab.runIn(['#card iframe'], adopt, trap.url);
  await bench.type('number', '4242', MODE);
  expect(trap.hits).toEqual([]);
  // In a page without such a policy it fetches.
  await tab.run(() => document.body.append(document.createElement('input')));
  await tab.run(adopt, trap.url);
  await expect.poll(() => trap.hits.length).toBeGreaterThan(0);
});

test('A38 A40 A46 texts are texts: no markup, no address, no name of the page takes effect in a frame', async ({
  tab,
  world,
}) => {
  const trap = setTrap(world, '/markup-trap');
  const bench = new EngineBench(tab, world);
  await bench.open();
  const evil = [
    `<img src="${trap.url}" onerror="window.pwned=1">`,
    `<form id="config" name="body"><input name="attributes"></form>`,
    `<a href="javascript:window.pwned=1">x</a><svg><style><img src=x onerror=window.pwned=1></svg>`,
    `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.pwned=1&gt;">`,
    `</style></script><script>window.pwned=1</script><iframe src="${trap.url}"></iframe>`,
  ];
  const labels = await tab.run(async (texts) => {
    window.client = window.makeClient();
    window.form = window.client.collect('cards', { messages: { required: texts[0] ?? '' } });
    const fields = ['number', 'expiry', 'cvc', 'name'];
    const words = fields.map((name, index) => {
      const text = texts[index] ?? '';
      return [name, { label: text, placeholder: text, help: { markup: texts.join(' ') } }] as const;
    });
    await window.form.mount('#card', { layout: fields.map((name) => [name]), texts: Object.fromEntries(words) });
    await window.form.validate();
    return texts.slice(0, 4);
  }, evil);
  const inside = await tab.runIn(['#card iframe'], () => ({
    labels: [...document.querySelectorAll('label')].map(({ textContent }) => textContent.trim()),
    found: document.querySelectorAll(
      'img, form, a, svg, math, iframe, object, style, [onerror], [href], [src]:not(script)',
    ).length,
    clobbered: ['config', 'attributes'].filter((name) => name in document || name in window),
    pwned: 'pwned' in window,
    inputs: document.querySelectorAll('input').length,
  }));
  expect(inside).toEqual({ labels, found: 0, clobbered: [], pwned: false, inputs: FIELDS.length });
  expect(trap.hits).toEqual([]);
  for (const [index, field] of FIELDS.entries()) {
    await tab.click(['#card iframe'], `#field-${String(index + 1)}`);
    await tab.type(VISA[field]);
  }
  expect(await bench.submit()).toMatchObject({ ok: true });
});
