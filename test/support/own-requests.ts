import type { BrowserContext, Request } from '@playwright/test';
import type { World } from './world.js';

/** The document that asks, or nothing: a service worker has none, nor has a page that is only being opened. */
function askerOf(request: Request): string | undefined {
  try {
    return request.frame().url();
  } catch {
    return undefined;
  }
}

/**
 * Watches what documents of the elements origin ask for, in every page of a context; the answer grows with each request that goes neither
 * to that origin nor to the vault. Navigations are the embedder's: what replaces our document is not asked for by it.
 */
export function watchOwnRequests(
  context: BrowserContext,
  world: Pick<World, 'elements' | 'vaultUrl'>,
): readonly string[] {
  const stray: string[] = [];
  const configured = [world.elements, world.vaultUrl];
  context.on('request', (request) => {
    const asker = askerOf(request);
    if (asker === undefined || request.isNavigationRequest() || new URL(asker).origin !== world.elements) return;
    const { origin, protocol } = new URL(request.url());
    // `data:` and `blob:` go nowhere.
    if (protocol.startsWith('http') && !configured.includes(origin)) stray.push(`${asker}: ${request.url()}`);
  });
  return stray;
}
