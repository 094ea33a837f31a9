import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { ATTEMPTS, type Attempt, type Outcome } from '@cloister/csp';
import { refusedIn, type SeenViolation } from './observe.js';
import type { Stranger } from './stranger.js';

/** Milliseconds that code which runs at all has run by, as a rule. */
const MOMENT = 120;
/** Milliseconds without news after which nothing is under way any more, and after which nobody waits: a machine may be busy. */
const CALM = 900;
const LONGEST = 6000;

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

const markOf = ({ id }: Attempt): string => `${id}-${randomBytes(6).toString('hex')}`;

async function tryOne(page: Page, stranger: Stranger, attempt: Attempt): Promise<Tried> {
  const mark = markOf(attempt);
  const before = (await refusedIn(page)).length;
  await attemptIn(page, attempt, { mark, to: stranger.address(mark) });
  await page.waitForTimeout(MOMENT / 2);
  return { attempt, mark, refused: (await refusedIn(page)).slice(before) };
}

/** What asks for an address is told apart by it, so all of them may be under way at once; the page may be gone after some. */
async function sendAll(page: Page, stranger: Stranger, attempts: readonly Attempt[]): Promise<readonly Tried[]> {
  const tried = attempts.map((attempt): Tried => ({ attempt, mark: markOf(attempt), refused: [] }));
  await Promise.all(tried.map(({ attempt, mark }) => attemptIn(page, attempt, { mark, to: stranger.address(mark) })));
  return tried;
}

/** Waits until nothing new has reached the stranger for a while. */
async function calm(page: Page, { reached }: Stranger): Promise<void> {
  let known = -1;
  for (let waited = 0; known !== reached.size && waited < LONGEST; waited += CALM) {
    known = reached.size;
    await page.waitForTimeout(CALM);
  }
}

const ranIn = (page: Page): Promise<readonly string[]> =>
  page.evaluate<readonly string[]>('Object.keys(globalThis).filter((key) => globalThis[key] === true)');

/** By the address that was refused, or, for what has none, by what was refused meanwhile. */
const named = ({ attempt, mark, refused }: Tried, all: readonly SeenViolation[]): string | undefined =>
  all.find(({ blocked }) => blocked.includes(mark))?.directive ??
  refused.find(({ directive }) => attempt.stoppedBy.includes(directive))?.directive;

/** They take the page away. */
const LEAVING = new Set(['window', 'navigation']);

/**
 * Does in a page what a script of an attacker's would, and sees what gets out. The page is spoiled by it.
 *
 * Security: nothing leaves this machine; the attacker is a server on it.
 */
export async function drillPage(page: Page, stranger: Stranger): Promise<readonly Outcome[]> {
  const tried: Tried[] = [];
  for (const attempt of ATTEMPTS.filter(({ kind }) => kind === 'run'))
    tried.push(await tryOne(page, stranger, attempt));
  const sending = ATTEMPTS.filter(({ kind }) => kind === 'send');
  tried.push(
    ...(await sendAll(
      page,
      stranger,
      sending.filter(({ id }) => !LEAVING.has(id)),
    )),
  );
  await calm(page, stranger);
  const refused = await refusedIn(page);
  const ran = new Set(await ranIn(page));
  // One after the other, for the last takes the page away; what the first opened goes on without it.
  for (const attempt of sending.filter(({ id }) => LEAVING.has(id)))
    tried.push(...(await sendAll(page, stranger, [attempt])));
  await calm(page, stranger);
  return tried.map((one) => {
    const through = one.attempt.kind === 'run' ? ran.has(one.mark) : stranger.reached.has(one.mark);
    return { attempt: one.attempt, stopped: !through, directive: through ? undefined : named(one, refused) };
  });
}
