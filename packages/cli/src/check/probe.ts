import type { Page } from 'playwright-core';
import { refusedIn } from './observe.js';

/** Whether a frame of the elements origin can live in the page. */
export type Probe =
  | { readonly ok: true; readonly milliseconds: number }
  | { readonly ok: false; readonly why: string; readonly fix: string };

const PATIENCE = 5000;

/** Runs in the page: a collect frame as the SDK makes it, until its document greets. */
const MOUNT = (elements: string): string => `new Promise((resolve) => {
  const elements = ${JSON.stringify(elements)};
  const begin = performance.now();
  const frame = document.createElement('iframe');
  frame.src = elements + '/collect.html';
  frame.hidden = false;
  frame.setAttribute('sandbox', 'allow-scripts allow-same-origin allow-forms');
  const done = (answer) => { removeEventListener('message', hear); frame.remove(); resolve(answer); };
  const hear = ({ origin, source, data }) => {
    if (origin === elements && source === frame.contentWindow && data?.cloister === 'hello') done(performance.now() - begin);
  };
  addEventListener('message', hear);
  setTimeout(() => done(-1), ${String(PATIENCE)});
  document.addEventListener('securitypolicyviolation', ({ disposition, blockedURI }) => {
    if (disposition === 'enforce' && blockedURI.startsWith(elements)) done(-1);
  });
  document.body.append(frame);
})`;

/** Mounts a frame of the elements origin in the page, and says what kept it out. */
export async function probe(page: Page, elements: string): Promise<Probe> {
  const milliseconds = await page.evaluate<number>(MOUNT(elements));
  if (milliseconds >= 0) return { ok: true, milliseconds: Math.round(milliseconds) };
  const refused = (await refusedIn(page)).find(
    ({ blocked, disposition }) => disposition === 'enforce' && blocked.startsWith(elements),
  );
  if (refused !== undefined)
    return { ok: false, why: `${refused.directive} of the page refuses it`, fix: `add ${elements} to frame-src` };
  const origin = new URL(page.url()).origin;
  return {
    ok: false,
    why: 'its document did not greet',
    fix: `see that ${elements}/collect.html is served with its headers, and that \`hosts\` of the configuration lists ${origin}`,
  };
}
