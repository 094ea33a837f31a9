import type { Page } from 'playwright-core';
import { inFreshPage } from '../measure/browser.js';
import { mount, openPage, SETTLED } from '../measure/mount.js';
import { summarise } from '../measure/statistics.js';
import { scriptTime, taskTime, trace, type Stretch, type TraceEvent } from '../measure/trace.js';
import { inputsOf } from '../measure/typing.js';
import type { Scenario } from '../scenario.js';

const CARD = { count: 4, kind: 'card' } as const;
/** One less than a number has: its state does not change on the way. */
const DIGITS = '424242424242424';
/** Each is a digit and its removal, so two changes of state. */
const CHANGES = 8;
/** A fast typist leaves more. */
const PAUSE = 30;

/** Real keys (DevTools `Input`), each with time to be worked off. */
async function press(page: Page, keys: Iterable<string>): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.waitForTimeout(PAUSE);
  }
}

const isKey = ({ name, args }: TraceEvent): boolean => name === 'EventDispatch' && args.data?.type === 'keydown';

/** Milliseconds from each key that changed a state until the page heard of it. */
function delays(keys: readonly TraceEvent[], changes: readonly TraceEvent[]): readonly number[] {
  return keys.flatMap(({ ts }, index) => {
    const next = keys[index + 1]?.ts ?? Infinity;
    const change = changes.find((mark) => mark.ts >= ts && mark.ts < next);
    return change === undefined ? [] : [(change.ts - ts) / 1000];
  });
}

interface Typed {
  readonly events: readonly TraceEvent[];
  readonly keys: readonly TraceEvent[];
}

/** Types while everything is written down. @throws Error when the browser did not hear all keys. */
async function typed(page: Page, keys: readonly string[]): Promise<Typed> {
  const events = await trace(page, 'work', async () => {
    await page.waitForTimeout(SETTLED);
    await press(page, keys);
    await page.waitForTimeout(SETTLED);
  });
  const heard = events.filter(isKey);
  if (heard.length !== keys.length)
    throw new Error(`${String(keys.length)} keys were pressed, ${String(heard.length)} heard`);
  return { events, keys: heard };
}

/** The thread that something was written down by, from the first key on and for one pause after the last. */
function stretchOf({ keys }: Typed, by: TraceEvent | undefined): Stretch {
  const [first] = keys;
  const last = keys.at(-1);
  if (by === undefined || first === undefined || last === undefined) throw new Error('nothing was typed');
  return { pid: by.pid, tid: by.tid, from: first.ts, to: last.ts + PAUSE * 1000 };
}

/**
 * What a key costs: the frame's script and the page's work for a key that changes nothing that the page may know, and the time
 * from a key that does to the page's `change`.
 */
export const keys: Scenario = {
  name: 'keys',
  adapters: ['same-page', 'floor-frames', 'floor-frame', 'cloister-frames', 'cloister-frame'],
  rounds: 7,
  sample: ({ browser }, adapter) =>
    inFreshPage(browser, async (page) => {
      await openPage(page, adapter, CARD);
      await mount(page, CARD.count, CARD.kind);
      await page.evaluate(() => {
        performance.mark('bench:page');
        window.product.onChange(() => performance.mark('bench:change'));
      });
      const [number] = await inputsOf(page);
      await number?.click();
      const changing = await typed(page, Array.from({ length: CHANGES }, () => ['4', 'Backspace']).flat());
      const marks = changing.events.filter(({ name }) => name === 'bench:change');
      // Its state changes with the first digit, so that one is not among those that are counted.
      await press(page, '4');
      const quiet = await typed(page, Array.from(DIGITS.slice(1)));
      const change = summarise(delays(changing.keys, marks)).median;
      const inFrame = stretchOf(quiet, quiet.keys[0]);
      const onPage = stretchOf(quiet, marks[0]);
      const perKey = (time: number): number => time / quiet.keys.length;
      return {
        change,
        script: perKey(scriptTime(quiet.events, inFrame)),
        work: perKey(taskTime(quiet.events, inFrame)),
        'page script': perKey(scriptTime(quiet.events, onPage)),
        'page work': perKey(taskTime(quiet.events, onPage)),
      };
    }),
};
