import type { Known } from '../attackers.js';
import type { World } from '../world.js';
import type { Tab } from './tab.js';

declare global {
  interface Window {
    hellos: { build: string; role: string; frame: string }[];
    received: number;
  }
}

/** Serves a page of somebody else; answers its path. A button of it opens whatever `window.goal` says. */
export const serveStranger = (world: World): string =>
  world.hosts.serve('/stranger-page', {
    body: `<!doctype html><title>Stranger</title><button id="open">open</button>
<script>document.querySelector('#open').onclick = () => { window.opened = window.open(window.goal); };</script>`,
  });

/** Prelude: writes down what frames greet with, so that an attacker can be given every id there is. */
export function overhearGreetings(): void {
  window.hellos = [];
  window.addEventListener('message', ({ data }: MessageEvent<{ cloister?: string }>) => {
    if (data.cloister === 'hello') window.hellos.push(data as unknown as Window['hellos'][number]);
  });
}

/** Every id that the frames of this page greeted with. */
export async function knownIn(tab: Tab): Promise<Known> {
  const hellos = await tab.run(() => window.hellos);
  return { build: hellos[0]?.build ?? '', frames: hellos.map(({ role, frame }) => ({ role, frame })) };
}

/** Adds a frame to the page, and waits until it has loaded. */
export const addFrame = (
  tab: Tab,
  frame: { readonly id: string; readonly src: string; readonly sandbox?: string },
): Promise<null> =>
  tab.run(
    ({ id, src, sandbox }) =>
      new Promise((resolve) => {
        const iframe = document.createElement('iframe');
        if (sandbox !== undefined) iframe.setAttribute('sandbox', sandbox);
        Object.assign(iframe, { id, src });
        iframe.addEventListener('load', () => resolve(null));
        document.body.append(iframe);
      }),
    frame,
  );
