import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { ATTEMPTS, type Attempt, type Outcome } from '@cloister/csp';
import { refusedIn, type SeenViolation } from './observe.js';
import type { Stranger } from './stranger.js';

/** Milliseconds that code which runs at all has run by, and that a request needs to this machine. */
const MOMENT = 120;
const TRAVEL = 1200;

interface Tried {
  readonly attempt: Attempt;
  readonly mark: string;
  readonly refused: readonly SeenViolation[];
}

/** Nobody waits for an attempt that hangs, and what it throws is its answer. */
async function attemptIn(
  page: Page,
  { code }: Attempt,
  given: { readonly mark: string; readonly to: string },
): Promise<void> {
  const body = `(async () => { const { mark, to } = ${JSON.stringify(given)}; try { await (async () => { ${code} })(); } catch {} })()`;
  await Promise.race([page.evaluate(body).catch(() => undefined), page.waitForTimeout(MOMENT)]);
}

async function tryOne(page: Page, stranger: Stranger, attempt: Attempt): Promise<Tried> {
  const mark = `${attempt.id}-${randomBytes(6).toString('hex')}`;
  const before = (await refusedIn(page)).length;
  await attemptIn(page, attempt, { mark, to: stranger.address(mark) });
  if (attempt.kind === 'run') await page.waitForTimeout(MOMENT / 2);
  return { attempt, mark, refused: (await refusedIn(page)).slice(before) };
}

const didRun = (page: Page, mark: string): Promise<boolean> =>
  page.evaluate<boolean>(`globalThis[${JSON.stringify(mark)}] === true`);

/** By the address that was refused, or, for what has none, by what was refused meanwhile. */
const named = ({ attempt, mark, refused }: Tried, all: readonly SeenViolation[]): string | undefined =>
  all.find(({ blocked }) => blocked.includes(mark))?.directive ??
  refused.find(({ directive }) => attempt.stoppedBy.includes(directive))?.directive;

/**
 * Does in a page what a script of an attacker's would, and sees what gets out. The page is spoiled by it.
 *
 * Security: nothing leaves this machine; the attacker is a server on it.
 */
export async function drillPage(page: Page, stranger: Stranger): Promise<readonly Outcome[]> {
  const tried: Tried[] = [];
  const ran = new Set<string>();
  const leaving = new Set(['window', 'navigation']);
  for (const attempt of ATTEMPTS.filter(({ id }) => !leaving.has(id))) {
    const one = await tryOne(page, stranger, attempt);
    tried.push(one);
    if (attempt.kind === 'run' && (await didRun(page, one.mark))) ran.add(one.mark);
  }
  await page.waitForTimeout(TRAVEL);
  const refused = await refusedIn(page);
  for (const attempt of ATTEMPTS.filter(({ id }) => leaving.has(id))) tried.push(await leave(page, stranger, attempt));
  await page.waitForTimeout(MOMENT);
  return tried.map((one) => {
    const through = one.attempt.kind === 'run' ? ran.has(one.mark) : stranger.reached.has(one.mark);
    return { attempt: one.attempt, stopped: !through, directive: through ? undefined : named(one, refused) };
  });
}

/** The page is gone after it, and so is what it could have told. */
async function leave(page: Page, stranger: Stranger, attempt: Attempt): Promise<Tried> {
  const mark = `${attempt.id}-${randomBytes(6).toString('hex')}`;
  await attemptIn(page, attempt, { mark, to: stranger.address(mark) });
  await page.waitForTimeout(MOMENT);
  return { attempt, mark, refused: [] };
}
