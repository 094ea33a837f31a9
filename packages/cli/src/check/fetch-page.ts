import type { LintInput } from '@cloister/csp';
import { CliFailure } from '../failure.js';

const PATIENCE = 10_000;
/** Markup that is looked through for policies: they must stand in the head (HTML §4.2.5.3). */
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

const attributesOf = (tag: string): ReadonlyMap<string, string> =>
  new Map(
    [...tag.matchAll(ATTRIBUTE)].map(([, name = '', double, single]) => [name.toLowerCase(), double ?? single ?? '']),
  );

/** Every `<meta …>`, in one pass. */
function* metaTags(html: string): Generator<string> {
  const lower = html.slice(0, MOST).toLowerCase();
  for (let at = lower.indexOf('<meta'); at >= 0; at = lower.indexOf('<meta', at + 1)) {
    const tag = html.slice(at, at + LONGEST_TAG);
    const end = tag.indexOf('>');
    if (end > 0) yield tag.slice(0, end);
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

/** Asks a server for a page and answers what its policies are. @throws CliFailure `unreachable` */
export async function fetchPage(url: string): Promise<LintInput> {
  let response: Response;
  try {
    response = await fetch(url, {
      redirect: 'follow',
      signal: AbortSignal.timeout(PATIENCE),
      headers: { accept: 'text/html' },
    });
  } catch {
    throw new CliFailure('unreachable', `${url} did not answer within ${String(PATIENCE / 1000)} seconds`);
  }
  const html = await response.text();
  return {
    enforced: valuesOf(response.headers, 'content-security-policy'),
    reported: valuesOf(response.headers, 'content-security-policy-report-only'),
    meta: metaPolicies(html),
    headers: Object.fromEntries(response.headers),
    origin: new URL(response.url === '' ? url : response.url).origin,
  };
}
