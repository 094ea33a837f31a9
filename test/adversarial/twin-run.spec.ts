import type { Browser } from '@playwright/test';
import { MODES, type Mode } from '../support/bench-page.js';
import { FIELD_TYPES } from '../support/information/secrets.js';
import { Stage } from '../support/stage.js';
import { expect, test } from '../support/test.js';
import { twinRun, type TwinScript } from '../support/twin-run.js';
import { CAST_COLLECTIONS, SHOWN, castOf, collectionOf, type Values } from '../support/twin/cast.js';
import { SCRIPTS, playScene } from '../support/twin/scripts.js';
import { DISCLOSURES, visitsFor, type Disclosure, type Visit } from '../support/twin/visits.js';
import { COLLECTIONS, type World } from '../support/world.js';

/** One class as far as `cards` goes, which discloses brand and last four digits. */
const CARD: Values = { number: '4242424242424242', expiry: '1230', cvc: '737', name: 'José Nguyễn' };

test.use({ worldOptions: { collections: { ...COLLECTIONS, ...CAST_COLLECTIONS } } });

const VISITS = visitsFor({ types: FIELD_TYPES, scripts: Object.keys(SCRIPTS), modes: MODES });

const stages =
  (browser: Browser, world: World): (() => Promise<Stage>) =>
  async () => {
    const context = await browser.newContext();
    await context.grantPermissions(['clipboard-write'], { origin: world.elements });
    return Stage.set(await context.newPage(), world);
  };

/** Plays every scene of a visit with the secret of its field. */
const perform =
  ({ mode, disclosure, scenes }: Visit): TwinScript<Values> =>
  async (stage, values) => {
    await stage.mount({ collection: collectionOf(disclosure), fields: Object.keys(values), mode });
    for (const scene of scenes)
      await test.step(`${scene.type}: ${scene.script}`, () => playScene(stage, scene, values[scene.type] ?? ''));
  };

/** Fills in everything, submits, and on another page shows all that may be shown; copies what is shown in plain; hides. */
const payAndShow =
  (disclosure: Disclosure, mode: Mode): TwinScript<Values> =>
  async (stage, values) => {
    await stage.mount({ collection: collectionOf(disclosure), fields: Object.keys(values), mode });
    for (const [field, value] of Object.entries(values)) await stage.insert(field, value);
    const outcome = await stage.submit();
    if (!outcome.ok) throw new Error(outcome.code);
    await stage.mountReveal(Object.fromEntries(SHOWN.map((field) => [field, outcome.tokens[field]])), { copy: true });
    expect(await stage.show()).toEqual(SHOWN.map(() => 'shown'));
    for (const field of disclosure === 'all facts' ? SHOWN : []) await stage.copy(field);
    await stage.act('hide', () => window.view.hide());
  };

/** Collects, opens another page with the tokens, and shows the values there. */
const reveal =
  (collection: string, fields: readonly string[]): TwinScript<Values> =>
  async (stage, values) => {
    await stage.mount({ collection, fields: Object.keys(values), mode: 'one frame' });
    for (const [field, value] of Object.entries(values)) await stage.insert(field, value);
    const outcome = await stage.submit();
    if (!outcome.ok) throw new Error(outcome.code);
    await stage.mountReveal(Object.fromEntries(fields.map((field) => [field, outcome.tokens[field]])));
    expect(await stage.show()).toEqual(fields.map(() => 'shown'));
    await stage.page.evaluate(() => {
      window.view.hide();
    });
    await stage.trace.settle('hide');
  };

test.describe('the host sees the same, whatever the secret is', () => {
  test.describe.configure({ timeout: 180_000 });

  for (const visit of VISITS) {
    const title = `${visit.mode}, ${visit.disclosure} disclosed`;
    test(`T01 A32 while fields of every type are used in every way, ${title}`, async ({ browser, world }) => {
      const cast = castOf(visit.disclosure);
      const { observed, differences } = await twinRun(stages(browser, world), perform(visit), cast);
      expect(observed).toBeGreaterThan(300);
      expect(differences).toEqual([]);
    });
  }

  for (const [at, disclosure] of DISCLOSURES.entries()) {
    test(`T01 while all is submitted, shown and copied, ${disclosure} disclosed`, async ({ browser, world }) => {
      const script = payAndShow(disclosure, MODES[at] ?? 'one frame');
      const { differences } = await twinRun(stages(browser, world), script, castOf(disclosure));
      expect(differences).toEqual([]);
    });
  }

  test('T01 A31 whether a name is short or is wider than its frame', async ({ browser, world }) => {
    const names = [
      { ...CARD, name: 'Li' },
      { ...CARD, name: 'Wolfeschlegelsteinhausenbergerdorff '.repeat(2).trim() },
    ] as const;
    const { differences } = await twinRun(stages(browser, world), reveal('cards', ['name', 'number']), names);
    expect(differences).toEqual([]);
  });
});

test.describe('the comparison notices what the host may tell apart', () => {
  test('T01 another brand, where the brand is disclosed', async ({ browser, world }) => {
    const typing: TwinScript<string> = async (stage, number) => {
      await stage.mount({ collection: 'cards', fields: ['number'], mode: 'one frame' });
      await stage.insert('number', number);
      await stage.leave();
    };
    const numbers = ['4242424242424242', '5555555555554444'] as const;
    const { differences } = await twinRun(stages(browser, world), typing, numbers);
    expect(differences.join('\n')).toContain('mastercard');
  });

  test('T01 a number that fails its check', async ({ browser, world }) => {
    const typing: TwinScript<Values> = async (stage, { number = '' }) => {
      await stage.mount({ collection: 'quiet', fields: ['number', 'cvc'], mode: 'a frame per field' });
      await stage.type('number', number);
      await stage.focus('cvc');
    };
    const { differences } = await twinRun(stages(browser, world), typing, [
      { number: '4242424242424242' },
      { number: '4242424242424241' },
    ]);
    expect(differences.join('\n')).toContain('number-check');
  });

  test('T01 one message more, and one pixel', async ({ browser, world }) => {
    const script =
      (leak: (frame: HTMLIFrameElement) => void): TwinScript<boolean> =>
      async (stage, leaks) => {
        await stage.mount({ collection: 'quiet', fields: ['note'], mode: 'one frame' });
        if (leaks) await stage.page.locator('#card iframe').evaluate(leak);
        await stage.trace.mark('leak');
      };
    const open = stages(browser, world);
    const message = script(() => {
      window.postMessage('one', location.origin);
    });
    const pixel = script((frame) => {
      frame.style.height = `${String(frame.offsetHeight + 1)}px`;
    });
    expect((await twinRun(open, message, [false, true])).differences.join('\n')).toContain('window self');
    expect((await twinRun(open, pixel, [false, true])).differences.join('\n')).toContain('size card');
    expect((await twinRun(open, message, [false, false])).differences).toEqual([]);
  });
});
