import type { Frame, Page } from '@playwright/test';

declare global {
  interface Window {
    /** Target origins of all messages that this document sent to other windows. */
    targets: string[];
  }
}

/**
 * Runs in every frame of the elements origin before its script. The windows of other origins cannot be patched, so the
 * frame is given stand-ins for them that note the target origin and pass the message on.
 */
export function recordTargets(elements: string): void {
  if (location.origin !== elements) return;
  window.targets = [];
  const realParent = window.parent;
  const standIns = new WeakMap<Window, Window>();
  const standInFor = (real: Window): Window => {
    if (real === window) return window;
    const known = standIns.get(real);
    if (known !== undefined) return known;
    const made = new Proxy({} as Window, {
      has: (_, key) => key in real,
      get: (_, key) => {
        if (key === 'postMessage')
          return (message: unknown, target: string | { targetOrigin?: string }, transfer?: Transferable[]) => {
            window.targets.push(typeof target === 'string' ? target : (target.targetOrigin ?? '/'));
            if (typeof target === 'string') real.postMessage(message, target, transfer);
          };
        // A sibling would answer with its own stand-in; all of them have the page as their parent.
        if (key === 'parent') return standInFor(realParent);
        const member: unknown = Reflect.get(real, key);
        const isFrame = typeof key === 'string' && /^\d+$/u.test(key) && member !== undefined;
        return isFrame ? standInFor(member as Window) : member;
      },
    });
    standIns.set(real, made);
    return made;
  };
  const source = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'source');
  Object.defineProperty(window, 'parent', { configurable: true, get: () => standInFor(realParent) });
  Object.defineProperty(MessageEvent.prototype, 'source', {
    ...source,
    get(this: MessageEvent): unknown {
      const real = source?.get?.call(this) as Window | MessagePort | null;
      return real === null || real instanceof MessagePort ? real : standInFor(real);
    },
  });
}

/** Notes the target origins of all frames of the elements origin; must come before the page is opened. */
export async function watchTargets(page: Page, elements: string): Promise<void> {
  await page.addInitScript(recordTargets, elements);
}

/** What one frame addressed its messages to. */
export const targetsOf = (frame: Frame): Promise<readonly string[]> => frame.evaluate(() => window.targets);
