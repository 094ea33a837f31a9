import { createHash } from 'node:crypto';
import type { RanScript, ScriptKind } from '@cloister/csp';
import type { Seen, SeenFrame, SeenScript } from './seen.js';

/** Without what differs from visitor to visitor. */
export const plainAddress = (address: string): string => address.split(/[?#]/u, 1).join('');
const queryOf = (address: string): string => /\?[^#]*/u.exec(address)?.[0] ?? '';
const isFile = (address: string): boolean => /^https?:/u.test(address);
export const hashOf = (code: string | Uint8Array): string =>
  `sha384-${createHash('sha384').update(code).digest('base64')}`;

/** What of the page a frame belongs to: its origin, or that of the document that made it (HTML §7.1.1). */
function originOf(id: string, frames: ReadonlyMap<string, SeenFrame>): string {
  const frame = frames.get(id);
  if (frame === undefined) return '';
  return isFile(frame.url) && URL.canParse(frame.url) ? new URL(frame.url).origin : originOf(frame.parent, frames);
}

/** Whether it came as a file: it was asked for as a script, or stands where no document is and begins where a file does. */
function isExternal({ address, atStart }: SeenScript, { requests, frames }: Seen): boolean {
  if (!isFile(address)) return false;
  return requests.has(address) || (atStart && ![...frames.values()].some(({ url }) => url === address));
}

function kindOfText({ address, text = '' }: SeenScript, { markup }: Seen): ScriptKind {
  if (markup.handler.has(text)) return 'handler';
  if (markup.address.has(text)) return 'javascript-url';
  if (address !== '') return 'inline';
  return markup.element.has(text) ? 'injected' : 'eval';
}

function kindOf(script: SeenScript, seen: Seen): ScriptKind {
  const { where, isModule, address, bytes } = script;
  if (bytes !== '') return 'wasm';
  if (where === 'worker') return address === '' ? 'eval' : 'worker';
  if (isModule) return 'module';
  if (isExternal(script, seen) || /^(?:blob|data):/u.test(address))
    return seen.requests.get(address)?.byScript === true ? 'injected' : 'external';
  return kindOfText(script, seen);
}

const frameOf = (script: SeenScript, { frames }: Seen): string =>
  plainAddress(script.where === 'worker' ? script.worker : (frames.get(script.frame)?.url ?? ''));

function initiatorOf(script: SeenScript, seen: Seen): string {
  const { caller, address } = script;
  if (caller !== '') return plainAddress(caller);
  return plainAddress(seen.requests.get(address)?.from ?? frameOf(script, seen));
}

/** A text that is gone is known by what the engine said of it. */
function contentOf({ text, bytes, digest }: SeenScript): string {
  if (bytes !== '') return hashOf(Buffer.from(bytes, 'base64'));
  return text === undefined ? `sha256-${Buffer.from(digest, 'hex').toString('base64')}` : hashOf(text);
}

function ran(script: SeenScript, seen: Seen): RanScript {
  const { address, where, length, bytes } = script;
  const isOfFile = bytes === '' && (isExternal(script, seen) || (where === 'worker' && isFile(address)));
  return {
    kind: kindOf(script, seen),
    src: isOfFile ? plainAddress(address) : '',
    ...(isOfFile && queryOf(address) !== '' ? { query: queryOf(address) } : {}),
    hash: contentOf(script),
    length,
    initiator: initiatorOf(script, seen),
    frame: frameOf(script, seen),
  };
}

/** Code in the markup is part of the page, whether it ran or not. */
function standing(kind: 'handler' | 'javascript-url', texts: Seen['markup']['handler'], { frames }: Seen) {
  return [...texts].flatMap(([text, ids]) =>
    [...ids].map((id): RanScript & { readonly id: string } => {
      const frame = plainAddress(frames.get(id)?.url ?? '');
      return { id, kind, src: '', hash: hashOf(text), length: text.length, initiator: frame, frame };
    }),
  );
}

const keyOf = ({ kind, src, hash, frame }: RanScript): string => [kind, src, hash, frame].join(' ');
const byKey = (one: RanScript, other: RanScript): number => (keyOf(one) < keyOf(other) ? -1 : 1);

/** Each script once, in an order that does not depend on the network. */
export const each = (scripts: readonly RanScript[]): readonly RanScript[] =>
  [...new Map(scripts.map((script) => [keyOf(script), script])).values()].sort(byKey);

/**
 * What ran in a page, each script once, in an order that does not depend on the network. Frames of other origins are left out: what runs there
 * cannot reach the page, and is for whoever serves it to answer for. Where the page itself went on to another origin, that is the page.
 */
export function classify(seen: Seen, page: string): readonly RanScript[] {
  const { origin } = new URL(page);
  const isOurs = (id: string): boolean =>
    seen.frames.get(id)?.parent === '' || [origin, ''].includes(originOf(id, seen.frames));
  // A worker has the origin of who started it; one of a `data:` address has none.
  const isOurWorker = (address: string): boolean =>
    !URL.canParse(address) || [origin, 'null'].includes(new URL(address).origin);
  const scripts = seen.scripts
    .filter(({ length }) => length > 0)
    .filter(({ where, frame, worker }) => (where === 'worker' ? isOurWorker(worker) : isOurs(frame)))
    .map((script) => ran(script, seen));
  const markup = [
    ...standing('handler', seen.markup.handler, seen),
    ...standing('javascript-url', seen.markup.address, seen),
  ].filter(({ id }) => isOurs(id));
  return each([...scripts, ...markup.map(({ id: _, ...script }) => script)]);
}
