import type { Page } from '@playwright/test';
import { post, type World } from './world.js';

/** What happens to the next requests of the page's coordinator to the vault. */
export type Fault = 'no connection' | 'the answer is lost';

/** The line between browser and vault, which a test cuts. */
export interface VaultLine {
  /** Requests that came this way while it was faulty. */
  readonly met: readonly string[];
  repair(): Promise<void>;
}

/** Breaks the line: the vault is not reached, or is reached and its answer does not come back. */
export async function breakLine(page: Page, world: World, fault: Fault): Promise<VaultLine> {
  const met: string[] = [];
  const pattern = `${world.vaultUrl}/**`;
  await page.route(pattern, async (route) => {
    const request = route.request();
    const { pathname } = new URL(request.url());
    if (fault === 'the answer is lost') {
      const headers = { ...request.headers(), origin: world.elements };
      const { status } = await post(world.vaultPort, pathname, { headers, body: request.postData() ?? '' });
      met.push(`${pathname} ${String(status)}`);
    } else met.push(pathname);
    await route.abort('connectionreset');
  });
  return { met, repair: () => page.unroute(pattern) };
}
