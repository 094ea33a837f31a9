import type { Page, Response } from 'playwright-core';
import { at, listAt, numberAt, textAt } from '../scripts/read-at.js';

/** A refusal, as the browser told the page. */
export interface SeenViolation {
  readonly directive: string;
  readonly blocked: string;
  readonly disposition: string;
  readonly sample: string;
  readonly source: string;
  /** The policy that refused, as the browser has it. */
  readonly policy: string;
}

/** A script of the page. */
export interface SeenScript {
  /** Its address, or empty for one that stands in the document. */
  readonly src: string;
  readonly integrity: string;
  readonly type: string;
  readonly hasNonce: boolean;
  readonly length: number;
}

/** A frame of the page. */
export interface SeenFrame {
  readonly src: string;
  readonly sandbox: string;
  readonly allow: string;
  readonly title: string;
}

/** A form of the page. */
export interface SeenForm {
  readonly action: string;
  readonly method: string;
  /** Inputs by name and autocomplete: a card number in the page itself is what frames are there to avoid. */
  readonly inputs: readonly string[];
}

/** What a page came with and has. */
export interface Observation {
  readonly url: string;
  readonly status: number;
  /** In lower case, in the order in which they came; a header that came twice is here twice. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly meta: readonly string[];
  readonly violations: readonly SeenViolation[];
  readonly scripts: readonly SeenScript[];
  readonly frames: readonly SeenFrame[];
  readonly forms: readonly SeenForm[];
}

/** Runs in the page, before its own scripts. */
const LISTEN = `
  globalThis.__refused = [];
  document.addEventListener('securitypolicyviolation', (event) => {
    const { effectiveDirective, blockedURI, disposition, sample, sourceFile, originalPolicy } = event;
    globalThis.__refused.push({ directive: effectiveDirective, blocked: blockedURI, disposition, sample, source: sourceFile ?? '', policy: originalPolicy });
  });`;

/** Runs in the page, when it is there. Fields and forms may have the names of what is asked for, and would be answered in its place. */
const LOOK = `(() => {
  const own = ({ prototype }, name) => (one) => Object.getOwnPropertyDescriptor(prototype, name).get.call(one);
  const all = (selector) => [...Document.prototype.querySelectorAll.call(document, selector)];
  const [action, method, elements] = ['action', 'method', 'elements'].map((name) => own(HTMLFormElement, name));
  return {
    meta: all('meta[http-equiv]').filter((one) => one.httpEquiv.toLowerCase() === 'content-security-policy').map((one) => one.content),
    violations: globalThis.__refused,
    scripts: all('script').map((one) => ({ src: one.src, integrity: one.integrity, type: one.type, hasNonce: one.nonce !== '', length: one.text?.length })),
    frames: all('iframe').map((one) => ({ src: one.src, sandbox: one.getAttribute('sandbox') ?? '', allow: one.allow, title: one.title })),
    forms: all('form').map((one) => ({ action: action(one), method: method(one), inputs: [...elements(one)].map((field) => [field.name, field.autocomplete].filter(Boolean).join(' ')) })),
  };
})()`;

/** Of each kind. What a page has more of is in its inventory. */
const MOST = 1000;
const some = (value: unknown, ...path: readonly string[]): readonly unknown[] => listAt(value, ...path).slice(0, MOST);

/** What a page says of itself may be anything. */
const violationsIn = (value: unknown, ...path: readonly string[]): readonly SeenViolation[] =>
  some(value, ...path).map((one) => ({
    directive: textAt(one, 'directive'),
    blocked: textAt(one, 'blocked'),
    disposition: textAt(one, 'disposition'),
    sample: textAt(one, 'sample'),
    source: textAt(one, 'source'),
    policy: textAt(one, 'policy'),
  }));
const scriptIn = (one: unknown): SeenScript => ({
  src: textAt(one, 'src'),
  integrity: textAt(one, 'integrity'),
  type: textAt(one, 'type'),
  hasNonce: at(one, 'hasNonce') === true,
  length: numberAt(one, 'length'),
});
const frameIn = (one: unknown): SeenFrame => ({
  src: textAt(one, 'src'),
  sandbox: textAt(one, 'sandbox'),
  allow: textAt(one, 'allow'),
  title: textAt(one, 'title'),
});
const formIn = (one: unknown): SeenForm => ({
  action: textAt(one, 'action'),
  method: textAt(one, 'method'),
  inputs: some(one, 'inputs').map((input) => textAt(input)),
});

/** Makes the page tell of refusals from its first moment. */
export const listenIn = (page: Page): Promise<unknown> => page.addInitScript(LISTEN);

/** What the page was refused so far. */
export const refusedIn = async (page: Page): Promise<readonly SeenViolation[]> =>
  violationsIn(await page.evaluate<unknown>('globalThis.__refused'));

async function headersOf(response: Response | null): Promise<readonly (readonly [string, string])[]> {
  const all = (await response?.headersArray()) ?? [];
  return all.map(({ name, value }) => [name.toLowerCase(), value] as const);
}

/** Looks at a page that was just opened. */
export async function observe(page: Page, response: Response | null): Promise<Observation> {
  const seen = await page.evaluate<unknown>(LOOK);
  return {
    url: page.url(),
    status: response?.status() ?? 0,
    headers: await headersOf(response),
    meta: some(seen, 'meta').map((content) => textAt(content)),
    violations: violationsIn(seen, 'violations'),
    scripts: some(seen, 'scripts').map(scriptIn),
    frames: some(seen, 'frames').map(frameIn),
    forms: some(seen, 'forms').map(formIn),
  };
}
