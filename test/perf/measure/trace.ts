import type { Page } from 'playwright-core';

/** One thread of one process. */
export interface Thread {
  readonly pid: number;
  readonly tid: number;
}

/** What Chromium wrote down: one monotonic clock for all processes, in microseconds. */
export interface TraceEvent extends Thread {
  readonly name: string;
  readonly ts: number;
  /** By the wall, and of processor time. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly data?: { readonly type?: string } };
}

const MARKS = ['blink.user_timing'];
const WORK = [...MARKS, 'disabled-by-default-devtools.timeline', 'devtools.timeline', 'v8'];

/** The outermost of these are script: parsing, compiling, running, and what promises run afterwards. */
const SCRIPT = new Set(['EvaluateScript', 'v8.compile', 'v8.compileModule', 'v8.run', 'FunctionCall', 'RunMicrotasks']);

/** Traces the browser while something happens: marks only (which costs nothing), or all that main threads do. */
export async function trace(
  page: Page,
  detail: 'marks' | 'work',
  act: () => Promise<void>,
): Promise<readonly TraceEvent[]> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('there is no browser');
  await browser.startTracing(page, { categories: ['-*', ...(detail === 'marks' ? MARKS : WORK)] });
  let written: Buffer;
  try {
    await act();
  } finally {
    // One that failed must not leave a trace running: there is one at a time.
    written = await browser.stopTracing();
  }
  const text = written.toString('utf8');
  const { traceEvents } = JSON.parse(text) as { readonly traceEvents: readonly TraceEvent[] };
  return [...traceEvents].sort((one, other) => one.ts - other.ts);
}

/** A `performance.mark`, wherever it was made. @throws Error when there is none. */
export function markOf(events: readonly TraceEvent[], name: string): TraceEvent {
  const mark = events.find((event) => event.name === name);
  if (mark === undefined) throw new Error(`the trace has no ${name}`);
  return mark;
}

/** A thread for a while. */
export interface Stretch extends Thread {
  readonly from: number;
  readonly to: number;
}

const within = ({ pid, tid, from, to }: Stretch, event: TraceEvent): boolean =>
  event.pid === pid && event.tid === tid && event.ts >= from && event.ts <= to && event.dur !== undefined;

/** Some virtual machines book processor time late and in lumps, more than passed. */
const processorTime = ({ dur = 0, tdur = dur }: TraceEvent): number => Math.min(dur, tdur) / 1000;

function sumOfOutermost(events: readonly TraceEvent[]): number {
  let sum = 0;
  let end = 0;
  for (const event of events) {
    if (event.ts < end) continue;
    end = event.ts + (event.dur ?? 0);
    sum += processorTime(event);
  }
  return sum;
}

/** Milliseconds of processor time that a thread ran script. */
export const scriptTime = (events: readonly TraceEvent[], stretch: Stretch): number =>
  sumOfOutermost(events.filter((event) => SCRIPT.has(event.name) && within(stretch, event)));

/** Milliseconds of processor time of all a thread's tasks: script, style, layout, paint, messages. */
export const taskTime = (events: readonly TraceEvent[], stretch: Stretch): number =>
  sumOfOutermost(events.filter((event) => event.name === 'RunTask' && within(stretch, event)));
