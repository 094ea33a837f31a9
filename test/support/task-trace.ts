import type { Frame } from '@playwright/test';

/** What a frame's main thread did, in milliseconds of its own processor time, which a busy machine does not stretch. */
export interface Work {
  /** Its longest task: for so long the event loop did not turn. */
  readonly longest: number;
  readonly total: number;
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds by the wall, and of processor time. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: {
    readonly data?: { readonly frames?: readonly { readonly url: string; readonly processId: number }[] };
  };
}

/** One `RunTask` is one turn of the loop; `FrameTree` says whose process is whose. */
const CATEGORIES = ['-*', 'disabled-by-default-devtools.timeline', 'devtools.timeline'];

/** Measures the process of a cross-site frame, which nobody else is in, while something happens. */
export async function workOf(frame: Frame, act: () => Promise<void>): Promise<Work> {
  const page = frame.page();
  const browser = page.context().browser();
  if (browser === null) throw new Error('there is no browser');
  await browser.startTracing(page, { categories: CATEGORIES });
  await act();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString('utf8')) as {
    readonly traceEvents: readonly TraceEvent[];
  };
  const frames = traceEvents.flatMap(({ args }) => args.data?.frames ?? []);
  const process = frames.find(({ url }) => url === frame.url())?.processId;
  // The main thread of a process has its number (on Linux).
  const tasks = traceEvents.filter(({ name, pid, tid }) => name === 'RunTask' && pid === process && tid === pid);
  if (tasks.length === 0) throw new Error('the trace has no task of this frame');
  // Some virtual machines book processor time late and in lumps: 144 ms were seen in a task that began and ended in 0.4.
  const times = tasks.map(({ dur = 0, tdur = 0 }) => Math.min(dur, tdur) / 1000);
  return { longest: Math.max(...times), total: times.reduce((sum, time) => sum + time, 0) };
}

/** Bytes that a frame's realm holds after everything that nobody needs was let go. */
export async function heapOf(frame: Frame): Promise<number> {
  const session = await frame.page().context().newCDPSession(frame);
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}
