import type { LintInput } from '@cloister/csp';
import { CliFailure } from '../failure.js';

const PATIENCE = 10_000;
/** Bytes of markup that are looked through for policies: they must stand in the head (HTML §4.2.5.3). */
const MOST = 2_000_000;

/** A tag is not longer; what is has no policy that anybody wrote. */
const LONGEST_TAG = 16_384;

const ATTRIBUTE = /([\w-]{1,20})=(?:"([^"]*)"|'([^']*)')/gu;

const decoded = (text: string): string =>
  text
    .replaceAll('&#39;', "'")
    .replaceAll('&#x27;', "'")
    .replaceAll('&apos;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

/** Of two attributes of a name the first counts (HTML §13.2.5.33). */
const attributesOf = (tag: string): ReadonlyMap<string, string> =>
  new Map(
    [...tag.matchAll(ATTRIBUTE)]
      .map(([, name = '', double, single]) => [name.toLowerCase(), double ?? single ?? ''] as const)
      .toReversed(),
  );

/** What stands in these is no markup, or none that counts. */
const CLOSED = ['script', 'style', 'title', 'noscript', 'template'] as const;

/** Where a piece ends that begins here and in which no element is; `undefined`: none begins here. */
function endOf(lower: string, at: number): number | undefined {
  const closed = CLOSED.find((name) => lower.startsWith(name, at + 1));
  const end = lower.startsWith('<!--', at) ? '-->' : closed === undefined ? undefined : `</${closed}`;
  if (end === undefined) return undefined;
  const found = lower.indexOf(end, at + 4);
  return found < 0 ? lower.length : found;
}

/** Every `<meta …>` of the head, in one pass. */
function* metaTags(html: string): Generator<string> {
  // Other letters may be longer in lower case, and places would not fit.
  const lower = html.replaceAll(/[A-Z]/gu, (letter) => letter.toLowerCase());
  for (let at = lower.indexOf('<'); at >= 0; at = lower.indexOf('<', at + 1)) {
    if (lower.startsWith('</head', at) || lower.startsWith('<body', at)) return;
    if (lower.startsWith('<meta', at)) {
      const tag = html.slice(at, at + LONGEST_TAG);
      const end = tag.indexOf('>');
      if (end > 0) yield tag.slice(0, end);
    }
    at = endOf(lower, at) ?? at;
  }
}

/** Policies of a document's own markup, as far as they can be found without a browser: attributes in quotes. `check` asks a browser. */
export const metaPolicies = (html: string): readonly string[] =>
  [...metaTags(html)].map(attributesOf).flatMap((attributes) => {
    const content = attributes.get('content');
    return attributes.get('http-equiv')?.toLowerCase() === 'content-security-policy' && content !== undefined
      ? [decoded(content)]
      : [];
  });

/** Headers of one name come joined by commas, which part the policies of one header as well. */
const valuesOf = (headers: Headers, name: string): readonly string[] => {
  const joined = headers.get(name);
  return joined === null ? [] : [joined];
};

/** The beginning of a body, and no more of it: a server may send without end. */
async function beginningOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let html = '';
  for await (const part of body ?? []) {
    html += decoder.decode(part, { stream: true });
    if (html.length > MOST) break;
  }
  return html;
}

/**
 * Asks a server for a page and answers what its policies are.
 *
 * @throws CliFailure `unreachable` also where it answers 400 or more: what an error is sent with says nothing of the page.
 */
export async function fetchPage(url: string): Promise<LintInput> {
  const [response, html] = await asked(url);
  if (!response.ok) throw new CliFailure('unreachable', `${url} answered ${String(response.status)}`);
  return {
    enforced: valuesOf(response.headers, 'content-security-policy'),
    reported: valuesOf(response.headers, 'content-security-policy-report-only'),
    meta: metaPolicies(html),
    headers: Object.fromEntries(response.headers),
    origin: new URL(response.url === '' ? url : response.url).origin,
  };
}

async function asked(url: string): Promise<readonly [Response, string]> {
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const response = await fetch(url, { redirect: 'follow', signal, headers: { accept: 'text/html' } });
    return [response, await beginningOf(response)];
  } catch {
    throw new CliFailure('unreachable', `${url} did not answer within ${String(PATIENCE / 1000)} seconds`);
  }
}
