import type { Page, Request } from '@playwright/test';
import { recordHost, type RecorderWindow, type TraceEntry } from './host-recorder.js';
import { recordSdk, type SdkRecorderWindow } from './sdk-recorder.js';

declare global {
  interface Window {
    /** What the recorders add to the host page's window, seen from `page.evaluate`. */
    drainTrace: RecorderWindow['drainTrace'];
    noteTrace: RecorderWindow['noteTrace'];
    showTrace: RecorderWindow['showTrace'];
    spyOn: SdkRecorderWindow['spyOn'];
  }
}

/** What was observed up to one mark of a script. */
export interface TraceStep {
  readonly name: string;
  readonly entries: readonly TraceEntry[];
}

/** Quiet for this long means that all consequences of a key have arrived, in milliseconds. */
const QUIET = 40;

/**
 * All that the host side can observe while a test drives a page: what `recordHost` sees in the page, and from outside the
 * console (of every frame), uncaught errors, and the requests of the page with their bodies.
 */
export class HostTrace {
  readonly #page: Page;
  readonly #outside: TraceEntry[] = [];
  readonly steps: TraceStep[] = [];

  private constructor(page: Page) {
    this.#page = page;
  }

  /** Starts to record; must come before the page is opened. */
  static async record(page: Page): Promise<HostTrace> {
    const trace = new HostTrace(page);
    await page.addInitScript(recordHost);
    await page.addInitScript(recordSdk);
    page.on('console', (message) => trace.#note('console', `${message.type()} ${message.text()}`));
    page.on('pageerror', (error) => trace.#note('error', `${error.message} ${error.stack ?? ''}`));
    page.on('request', (request) => {
      trace.#request(request);
    });
    return trace;
  }

  /** Waits until nothing more comes of what was done, and takes what was observed since the last mark. */
  async mark(name: string): Promise<void> {
    await this.#page.evaluate(
      (quiet) =>
        new Promise((resolve) => {
          requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, quiet)));
        }),
      QUIET,
    );
    const inside = await this.#page.evaluate(() => window.drainTrace());
    this.steps.push({ name, entries: [...inside, ...this.#outside.splice(0)] });
  }

  /** Marks until so many marks find nothing but their own snapshot, so that work in the background is done. */
  async settle(name: string, wanted = 5): Promise<void> {
    const entries: TraceEntry[] = [];
    for (let calm = 0; calm < wanted;) {
      await this.mark(name);
      const step = this.steps.pop();
      const news = step?.entries.filter(({ stream }) => stream !== 'snapshot') ?? [];
      calm = news.length === 0 ? calm + 1 : 0;
      entries.push(...news);
      if (calm === wanted) entries.push(...(step?.entries.filter(({ stream }) => stream === 'snapshot') ?? []));
    }
    this.steps.push({ name, entries });
  }

  /** Everything that was observed. */
  get entries(): readonly TraceEntry[] {
    return this.steps.flatMap(({ entries }) => entries);
  }

  #note(stream: string, what: string): void {
    this.#outside.push({ stream, what });
  }

  #request(request: Request): void {
    const line = `${request.method()} ${request.url()} from ${request.headers()['referer'] ?? ''}`;
    // A frame's first document is fetched at an address that the page wrote; its later ones carry values to the vault.
    const own = request.isNavigationRequest() || request.frame() === this.#page.mainFrame();
    this.#note(own ? 'request' : 'frame request', own ? `${line} ${request.postData() ?? ''}` : line);
  }
}
