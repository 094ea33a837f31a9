import type { Browser } from 'playwright-core';
import type { Inventory, Sighting } from '@cloister/csp';
import { visitPage } from '../scripts/visit-page.js';
import { lookAt } from './look-at.js';
import { profilesOf, type Profile } from '../scripts/profiles.js';

/** How a page is watched. */
export interface Watch {
  readonly url: string;
  /** Times that each kind of visitor opens it. */
  readonly loads: number;
  /** Milliseconds that each stays. */
  readonly stay: number;
}

/** What one load was. */
export interface Watched {
  readonly sighting: Sighting;
  readonly inventory: Inventory;
}

/** Pages that are open at once. */
const AT_ONCE = 3;

async function oneLoad(browser: Browser, { url, stay }: Watch, { name, context }: Profile): Promise<Watched> {
  return visitPage(browser, { url, stay, profile: context }, async (visited) => ({
    sighting: { profile: name, traits: await lookAt(visited) },
    inventory: visited.inventory,
  }));
}

/**
 * Opens a page as several kinds of visitors, several times each: what only some see is seen so.
 *
 * @throws CliFailure `unreachable`
 */
export async function watchPage(browser: Browser, watch: Watch): Promise<readonly Watched[]> {
  const profiles = profilesOf(browser);
  const queue = Array.from({ length: watch.loads }, () => profiles).flat();
  const watched: Watched[] = [];
  const visitor = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift())
      watched.push(await oneLoad(browser, watch, next));
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, queue.length) }, visitor));
  return watched;
}
