import type { Page } from '@playwright/test';
import { BenchPage, VISA } from './bench-page.js';
import type { Shown } from './reveal-bench.js';
import type { World } from './world.js';

/** What the card's number is called where it is shown. */
export const NUMBER = 'Your number';

/** What stands in place of a value that is hidden. */
export const HIDDEN = '••••••••';

/** Pays with a card, and names what may be shown of it. */
export async function paidCard(page: Page, world: World, more: Partial<Shown> = {}): Promise<readonly Shown[]> {
  const bench = new BenchPage(page, world);
  await bench.mountCard('one frame');
  await bench.fill(VISA, 'one frame');
  const outcome = await bench.submit();
  if (!outcome.ok) throw new Error(outcome.code);
  const token = (field: string): string => outcome.tokens[field] ?? '';
  return [
    { token: token('number'), at: 'number', label: NUMBER, ...more },
    { token: token('expiry'), at: 'expiry', label: 'Its date', ...more },
    { token: token('name'), at: 'name', label: 'Its name', ...more },
  ];
}
