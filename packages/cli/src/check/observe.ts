import type { Page, Response } from 'playwright-core';

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

/** Runs in the page, when it is there. */
const LOOK = `({
  meta: [...document.querySelectorAll('meta[http-equiv]')].filter((one) => one.httpEquiv.toLowerCase() === 'content-security-policy').map((one) => one.content),
  violations: globalThis.__refused ?? [],
  scripts: [...document.scripts].map((one) => ({ src: one.src, integrity: one.integrity, type: one.type, hasNonce: one.nonce !== '', length: one.text.length })),
  frames: [...document.querySelectorAll('iframe')].map((one) => ({ src: one.src, sandbox: one.getAttribute('sandbox') ?? '', allow: one.allow, title: one.title })),
  forms: [...document.forms].map((one) => ({ action: one.action, method: one.method, inputs: [...one.elements].map((field) => [field.name, field.autocomplete].filter(Boolean).join(' ')) })),
})`;

/** Makes the page tell of refusals from its first moment. */
export const listenIn = (page: Page): Promise<unknown> => page.addInitScript(LISTEN);

/** What the page was refused so far. */
export const refusedIn = async (page: Page): Promise<readonly SeenViolation[]> =>
  page.evaluate<readonly SeenViolation[]>('globalThis.__refused ?? []');

async function headersOf(response: Response | null): Promise<readonly (readonly [string, string])[]> {
  const all = (await response?.headersArray()) ?? [];
  return all.map(({ name, value }) => [name.toLowerCase(), value] as const);
}

/** Looks at a page that was just opened. */
export async function observe(page: Page, response: Response | null): Promise<Observation> {
  const seen = await page.evaluate<Pick<Observation, 'meta' | 'violations' | 'scripts' | 'frames' | 'forms'>>(LOOK);
  return { url: page.url(), status: response?.status() ?? 0, headers: await headersOf(response), ...seen };
}
