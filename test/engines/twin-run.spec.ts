import { FIELDS, LABELS, MASTERCARD, VISA, type Card, type Mode } from '../support/bench-page.js';
import { findLeaks, hostPlaces } from '../support/canary.js';
import { EngineBench, serveBench } from '../support/engines/engine-bench.js';
import { expect, test } from '../support/engines/engine-test.js';
import { EngineTrace, RECORDERS } from '../support/engines/engine-trace.js';
import type { Session } from '../support/engines/driver.js';
import { Tab } from '../support/engines/tab.js';
import type { TraceStep } from '../support/host-trace.js';
import { compareTraces } from '../support/twin-run.js';
import type { World } from '../support/world.js';

const MODE: Mode = 'one frame';

/** Another card of the same class, which discloses brand and last four digits. */
const TWIN: Card = { number: '4000056655694242', expiry: '0729', cvc: '102', name: 'Maria Pérez' };

/** What is done with a card, the same for every card. */
type Script = (bench: EngineBench, trace: EngineTrace, card: Card) => Promise<void>;

async function mount({ tab }: EngineBench, trace: EngineTrace): Promise<void> {
  await tab.run(
    async (words) => {
      window.client = window.spyOn('client', window.makeClient());
      window.form = window.client.collect('cards');
      await window.form.mount('#card', { layout: words.map(([name]) => [name]), texts: Object.fromEntries(words) });
    },
    FIELDS.map((name) => [name, { label: LABELS[name] }] as const),
  );
  await trace.settleLoad('mount');
}

/** Takes the focus to the page, and waits until it has been away long enough to count (a second). */
async function leave({ tab }: EngineBench): Promise<void> {
  await tab.click([], '#before');
  await new Promise((resolve) => setTimeout(resolve, 1300));
}

/** By way of the page, so that one field has finished before the next begins. */
async function typeKeys(bench: EngineBench, trace: EngineTrace, card: Card): Promise<void> {
  for (const field of FIELDS) {
    await leave(bench);
    await trace.mark(`leave for ${field}`);
    await bench.focus(field, MODE);
    // The first focus brings the coordinator: frames meet in the background, in no order with what is typed next.
    await trace.settle(`focus ${field}`);
    for (const key of card[field]) {
      await bench.tab.type(key);
      // A name may be longer than another: what the host sees of a key is compared as one step of all.
      if (field !== 'name') await trace.mark('key');
    }
    await trace.settle(`typed ${field}`);
  }
}

const collect: Script = async (bench, trace, card) => {
  await mount(bench, trace);
  await typeKeys(bench, trace, card);
  const outcome = await bench.submit();
  if (!outcome.ok) throw new Error(outcome.code);
  await trace.settle('submit');
  const { number, name } = outcome.tokens;
  const shown = await bench.tab.run(
    async (pairs) => {
      window.view = window.client.reveal();
      for (const [label, token] of pairs) window.view.value(token ?? '', { label: label ?? '', hideAfter: 600 });
      await window.view.mount('#reveal');
      // What cannot be seen is not shown.
      document.querySelector('#reveal')?.scrollIntoView({ block: 'center' });
      return (await window.view.show()).map(({ status, code }) => code ?? status);
    },
    [
      ['number', number],
      ['name', name],
    ],
  );
  expect(shown).toEqual(['shown', 'shown']);
  await trace.settle('show');
  await bench.tab.run(() => {
    window.view.hide();
  });
  await trace.settle('hide');
};

/** Runs a script once a card, each time on a fresh tab at one address. */
async function traces(
  session: Session,
  world: World,
  runs: readonly (readonly [Script, Card])[],
): Promise<(readonly TraceStep[])[]> {
  const url = serveBench(world, { preludes: RECORDERS });
  const all: (readonly TraceStep[])[] = [];
  for (const [script, card] of runs) {
    const tab = new Tab(await session.open());
    const trace = new EngineTrace(tab);
    await tab.goto(url);
    await script(new EngineBench(tab, world), trace, card);
    all.push(trace.steps);
  }
  return all;
}

test('T01 A15 A32 the host sees the same whatever the card is, while it is typed, paid with and shown', async ({
  session,
  world,
}) => {
  test.setTimeout(240_000);
  const [one = [], other = []] = await traces(session, world, [
    [collect, VISA],
    [collect, TWIN],
  ]);
  const entries = one.flatMap((step) => step.entries);
  expect(entries.length).toBeGreaterThan(200);
  expect(entries.filter(({ stream }) => stream.startsWith('sdk')).length).toBeGreaterThan(20);
  expect(compareTraces(one, other)).toEqual([]);
  expect(findLeaks(hostPlaces(entries), VISA)).toEqual([]);
});

test('T01 the comparison notices another brand, where the brand is disclosed', async ({ session, world }) => {
  test.setTimeout(120_000);
  const script: Script = async (bench, trace, { number }) => {
    await mount(bench, trace);
    await leave(bench);
    await bench.type('number', number, MODE);
    // What is disclosed is told when the shopper leaves the field.
    await leave(bench);
    await trace.settle('typed');
  };
  const [one = [], other = []] = await traces(session, world, [
    [script, VISA],
    [script, { ...VISA, number: MASTERCARD.number }],
  ]);
  expect(compareTraces(one, other).join('\n')).toContain('mastercard');
});

test('A33 the page hears the same, however fast or slowly a number is typed', async ({ session, world }) => {
  test.setTimeout(120_000);
  const typing =
    (pause: number): Script =>
    async (bench, trace, { number }) => {
      await mount(bench, trace);
      await leave(bench);
      await bench.focus('number', MODE);
      await trace.settle('focus');
      for (const key of number) {
        await bench.tab.type(key);
        if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
      }
      await leave(bench);
      await trace.settle('typed');
    };
  const [fast = [], slow = []] = await traces(session, world, [
    [typing(0), VISA],
    [typing(150), VISA],
  ]);
  const told = (steps: readonly TraceStep[]): readonly TraceStep[] =>
    steps.map(({ name, entries }) => ({
      name,
      entries: entries.filter(({ stream }) => /^(?:sdk|window|port)/u.test(stream)),
    }));
  expect(JSON.stringify(told(fast))).toContain('valid');
  expect(compareTraces(told(fast), told(slow))).toEqual([]);
});
