import { join } from 'node:path';
import type { Page } from 'playwright-core';

const PATIENCE = 15_000;

/** A walk through the shop with one page: what did not hold, how long it took, how it looked. */
export class Walk {
  readonly page: Page;
  readonly #out: string;
  readonly #problems: string[] = [];
  readonly #timings: Record<string, number> = {};

  /** @param out folder for screenshots. */
  constructor(page: Page, out: string) {
    this.page = page;
    this.#out = out;
    page.setDefaultTimeout(PATIENCE);
    page.on('pageerror', (error) => {
      this.fail(`the page threw: ${error.message}`);
    });
    page.on('console', (message) => {
      if (message.type() === 'error') this.fail(`the console says: ${message.text()}`);
    });
  }

  get problems(): readonly string[] {
    return this.#problems;
  }

  get timings(): Readonly<Record<string, number>> {
    return this.#timings;
  }

  fail(problem: string): void {
    this.#problems.push(problem);
  }

  check(holds: boolean, otherwise: string): void {
    if (!holds) this.fail(otherwise);
  }

  async time<T>(name: string, step: () => Promise<T>): Promise<T> {
    const start = performance.now();
    const result = await step();
    this.#timings[name] = Math.round(performance.now() - start);
    return result;
  }

  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: join(this.#out, `${name}.png`), fullPage: true });
  }
}
