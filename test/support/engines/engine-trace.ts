import { setTimeout as wait } from 'node:timers/promises';
import type { TraceStep } from '../host-trace.js';
import { recordHost, type TraceEntry } from '../host-recorder.js';
import { recordSdk } from '../sdk-recorder.js';
import type { Prelude } from './engine-bench.js';
import type { Tab } from './tab.js';

/** Recorders of all that a page can observe, for the page's own markup. */
export const RECORDERS: readonly Prelude[] = [{ run: recordHost }, { run: recordSdk }];

/** What the host could observe, step by step, in any engine; requests and console are what `HostTrace` adds in Chromium. */
export class EngineTrace {
  readonly steps: TraceStep[] = [];
  readonly #tab: Tab;

  constructor(tab: Tab) {
    this.#tab = tab;
  }

  /** Waits until nothing more comes of what was done, and takes what was observed since the last mark. */
  async mark(name: string): Promise<void> {
    const entries = await this.#tab.run(async () => {
      await new Promise((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 40)));
      });
      return window.drainTrace();
    });
    this.steps.push({ name, entries });
  }

  /** Marks until three marks in a row find nothing but their own snapshot, so that work in the background is done. */
  async settle(name: string): Promise<void> {
    const all: TraceStep['entries'][number][] = [];
    for (let calm = 0; calm < 3;) {
      await this.mark(name);
      const { entries = [] } = this.steps.pop() ?? {};
      const news = entries.filter(({ stream }) => stream !== 'snapshot');
      calm = news.length === 0 ? calm + 1 : 0;
      all.push(...(calm === 3 ? entries : news));
      await wait(20);
    }
    this.steps.push({ name, entries: all });
  }

  /**
   * Settles a step in which frames load and no secret is there yet: how often they are measured meanwhile is the browser's timing, so
   * that of each only the last size counts.
   */
  async settleLoad(name: string): Promise<void> {
    await this.settle(name);
    const { entries = [] } = this.steps.pop() ?? {};
    const last = new Map(entries.map((entry) => [entry.stream, entry]));
    const counts = (entry: TraceEntry): boolean =>
      !entry.stream.startsWith('size ') || last.get(entry.stream) === entry;
    this.steps.push({ name, entries: entries.filter(counts) });
  }
}
