import { chromium, type Browser, type Page } from '@playwright/test';
import { findChromium } from '../../../scripts/browser.mjs';
import { parsePolicies, printPolicy, type Delivery, type Load, type Verdict } from '../../../packages/csp/src/index.js';
import { installInPage, type Attempt, type Heard } from './in-page.js';
import { OracleServer } from './oracle-server.js';
import type { Trial, TrialOf } from './trials.js';

/** What decides: our semantics, or a wrong one. */
export type Judging = (delivery: Delivery, load: Load, origin: string) => Verdict;

/** A document with its policies, and what it tries. */
export interface Visit {
  readonly origin: string;
  readonly delivery: Delivery;
  readonly trials: readonly TrialOf[];
}

/**
 * What came of a trial: whether it came through, and which policy objected by which directive, as `disposition directive | policy`, sorted.
 * Each is there once, for Chromium tells some things twice: a beacon where it is made and where it is sent, a handler where it is parsed and
 * where it is called.
 */
export interface Outcome {
  readonly allowed: boolean;
  readonly violations: readonly string[];
}

/** A pair on which browser and semantics do not agree. */
export interface Difference {
  readonly delivery: Delivery;
  readonly origin: string;
  readonly title: string;
  readonly loads: readonly Load[];
  readonly ours: Outcome;
  readonly browsers: Outcome;
}

/** A pair with what the browser made of it. */
export interface Observed {
  readonly visit: Visit;
  readonly trial: Trial;
  readonly browsers: Outcome;
}

/** What a semantics says of a trial: its loads in turn, until one is refused. */
export function expected(judging: Judging, { delivery, origin }: Visit, { loads }: Trial): Outcome {
  const texts = textsOf(delivery);
  const violations: string[] = [];
  for (const load of loads) {
    const verdict = judging(delivery, load, origin);
    violations.push(...verdict.violations.map((each) => named({ ...each, policy: texts[each.index] ?? '' })));
    if (!verdict.allowed) return { allowed: false, violations: once(violations) };
  }
  return { allowed: true, violations: once(violations) };
}

export const once = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();
export const named = (of: Pick<Heard, 'disposition' | 'effectiveDirective' | 'policy'>): string =>
  `${of.disposition} ${of.effectiveDirective} | ${of.policy.trim()}`;

/** The policies of a document as they were written, in the order of `policiesOf`. */
const textsOf = ({ enforced = [], reported = [], meta = [] }: Delivery): readonly string[] => [
  ...[...enforced, ...reported].flatMap(parsePolicies).map(printPolicy),
  ...meta,
];

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** The document: its policies first, then what the parser tries, then what copies are made of. */
function documentOf({ meta = [] }: Delivery, trials: readonly Trial[]): string {
  const policies = meta.map((text) => `<meta http-equiv="Content-Security-Policy" content="${escaped(text)}">`);
  const parts = trials.map(({ markup, action }, index) => {
    const text = markup?.(`t${String(index)}`) ?? '';
    return action.by === 'clone' ? `<template id="p${String(index)}">${text}</template>` : text;
  });
  return `<!doctype html><html><head><meta charset="utf-8">${policies.join('')}</head><body>${parts.join('\n')}</body></html>`;
}

const sum = (outcome: Outcome): string => JSON.stringify(outcome);

/** A Chromium that can be asked what it makes of policies. */
export class Oracle {
  readonly server: OracleServer;
  readonly #browser: Browser;
  #visits = 0;

  private constructor(server: OracleServer, browser: Browser) {
    this.server = server;
    this.#browser = browser;
  }

  static async open(): Promise<Oracle> {
    const server = new OracleServer();
    await server.listen();
    const executablePath = findChromium();
    const browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [`--host-resolver-rules=${server.resolverRules()}`, '--ignore-certificate-errors'],
    });
    return new Oracle(server, browser);
  }

  /** A page of its own, for one visit after the other. */
  async page(): Promise<Page> {
    const context = await this.#browser.newContext();
    const page = await context.newPage();
    await page.exposeBinding('hasArrived', (from, attempt: number) =>
      this.server.arrived(from.page.url().split('/').pop() ?? '', attempt),
    );
    await page.addInitScript(installInPage);
    return page;
  }

  /** Opens a document and makes all of its trials. */
  async visit(page: Page, visit: Visit, judging: Judging): Promise<readonly Observed[]> {
    this.#visits += 1;
    const run = String(this.#visits);
    const trials = visit.trials.map((make, index) => make(index, run, visit.origin));
    const { enforced = [], reported = [] } = visit.delivery;
    this.server.page(`/visit/${run}`, {
      headers: { 'Content-Security-Policy': enforced, 'Content-Security-Policy-Report-Only': reported },
      body: documentOf(visit.delivery, trials),
    });
    await page.goto(`${visit.origin}/visit/${run}`);
    const hopes = trials.map((trial) => expected(judging, visit, trial));
    const attempts = trials.map(({ action, proof }, number): Attempt => {
      const { violations = [], allowed = false } = hopes[number] ?? {};
      return { number, action, want: violations.length, arrives: allowed && proof === 'arrived' };
    });
    await page.evaluate(
      (all) => window.oracle.run(all),
      attempts.filter(({ action }) => action.by !== 'markup'),
    );
    return this.#read(page, { visit, trials, run, hopes });
  }

  /** Looks until all is as is hoped for, or for half a second: what does not happen takes no time, what comes late does. */
  async #read(
    page: Page,
    at: {
      readonly visit: Visit;
      readonly trials: readonly Trial[];
      readonly run: string;
      readonly hopes: readonly Outcome[];
    },
  ): Promise<readonly Observed[]> {
    for (let patience = 10; ; patience -= 1) {
      const { heard, came, styled } = await page.evaluate(() => ({
        heard: window.oracle.heard,
        came: [...window.oracle.came],
        styled: [...document.querySelectorAll<HTMLElement>('style[id], b[style]')]
          .filter((node) => (node instanceof HTMLStyleElement ? node.sheet !== null : node.style.length > 0))
          .map(({ id }) => Number(id.slice(1))),
      }));
      const stray = heard.find(({ attempt }) => at.trials[attempt] === undefined);
      if (stray !== undefined) throw new Error(`a violation that is of no trial: ${JSON.stringify(stray)}`);
      const through = new Set([...came, ...styled]);
      const observed = at.trials.map((trial, index): Observed => {
        const mine = heard.filter((each) => each.attempt === index);
        const arrived = trial.proof === 'arrived' ? this.server.arrived(at.run, index) : through.has(index);
        return { visit: at.visit, trial, browsers: { allowed: arrived, violations: once(mine.map(named)) } };
      });
      if (patience === 0 || observed.every(({ browsers }, index) => sum(browsers) === sum(at.hopes[index] ?? browsers)))
        return observed;
      await page.waitForTimeout(50);
    }
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.server.close();
  }
}

/** The pairs on which a semantics and the browser do not agree. */
export const differences = (observed: readonly Observed[], judging: Judging): readonly Difference[] =>
  observed.flatMap(({ visit, trial, browsers }) => {
    const ours = expected(judging, visit, trial);
    if (sum(ours) === sum(browsers)) return [];
    return [{ delivery: visit.delivery, origin: visit.origin, title: trial.title, loads: trial.loads, ours, browsers }];
  });
