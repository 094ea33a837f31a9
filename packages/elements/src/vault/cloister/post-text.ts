import { FOLDED_TYPE } from '@cloister/protocol';
import type { VaultContext } from '../vault-adapter.js';

/** The platform, and the one origin that is ever asked: from the configuration of our own origin, never from a page. */
export interface VaultLink extends VaultContext {
  readonly vault: string;
}

/** An answer as JSON (`undefined` when it is not), or that there was none. */
export type JsonAnswer = { readonly status: number; readonly body: unknown; readonly date: number } | 'offline';

/** Milliseconds until a request is given up. */
const TIMEOUT = 20_000;
/** Bytes of an answer. A reveal of 100 values of full length takes two thirds of it. */
const LARGEST_ANSWER = 1_048_576;

/**
 * Posts a text to the vault, in a way that needs no preflight, and reads a bounded answer in JSON. The path is one of our
 * constants.
 *
 * Security: one origin, by construction; no cookies, no redirects (a redirect would take the body along, A08), no
 * referrer, no cache. Never throws; whatever goes wrong on the way is `offline`, without a word of why.
 */
export async function postText(context: VaultLink, path: string, body: string): Promise<JsonAnswer> {
  const url = `${context.vault}${path}`;
  if (new URL(url).origin !== context.vault) return 'offline';
  try {
    const response = await context.fetch(url, {
      method: 'POST',
      headers: { 'content-type': FOLDED_TYPE },
      body,
      mode: 'cors',
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      signal: context.timeout(TIMEOUT),
    });
    const date = Date.parse(response.headers.get('date') ?? '');
    return { status: response.status, body: parse(await boundedText(response)), date };
  } catch {
    return 'offline';
  }
}

/** The text of a body, or `null` when it is larger than any answer of ours. */
async function boundedText(response: Response): Promise<string | null> {
  if (response.body === null) return '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    size += chunk.value.byteLength;
    if (size > LARGEST_ANSWER) {
      await reader.cancel();
      return null;
    }
    text += decoder.decode(chunk.value, { stream: true });
  }
  return text + decoder.decode();
}

function parse(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
