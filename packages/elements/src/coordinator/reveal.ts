import { CodedError, type coordinatorMethods, type ErrorCode, type Infer, type Revealed } from '@cloister/protocol';
import type { Outcome, RevealedValues, RevealRequest } from '../vault/vault-adapter.js';
import type { FrameLink, ShowItem } from './frame-link.js';
import type { PairedFrames } from './paired-frames.js';

export type RevealParams = Infer<(typeof coordinatorMethods)['reveal']['params']>;
type RevealItem = RevealParams['items'][number];

/** What a reveal works with. */
export interface RevealParts {
  readonly frames: PairedFrames;
  readonly reveal: (request: RevealRequest) => Promise<Outcome<RevealedValues>>;
  readonly hostOrigin: () => Promise<string>;
}

/** The items of one frame; no link, no showing. */
interface FrameItems {
  readonly link: FrameLink | undefined;
  readonly items: readonly RevealItem[];
}

/**
 * Makes the `reveal` handler: one request for all tokens, then each frame is handed its own values over its private port.
 *
 * Security: the page hears a code or nothing per slot; never a value, its length or its redaction. Tokens for frames that
 * are not paired are not even asked for.
 */
export function revealHandler(
  parts: RevealParts,
): (params: RevealParams) => Promise<{ readonly items: readonly Revealed[] }> {
  return async ({ items, session }) => {
    const groups = byFrame(parts.frames, items);
    const tokens = new Set(groups.flatMap((group) => (group.link === undefined ? [] : group.items.map(tokenOf))));
    const values = tokens.size === 0 ? new Map() : await fetchValues(parts, [...tokens], session);
    const results = await Promise.all(groups.map((group) => showGroup(group, values)));
    return { items: results.flat() };
  };
}

const tokenOf = ({ token }: RevealItem): string => token;

function byFrame(frames: PairedFrames, items: readonly RevealItem[]): readonly FrameItems[] {
  const groups = new Map<string, RevealItem[]>();
  for (const item of items) {
    const group = groups.get(item.frame) ?? [];
    if (group.some(({ slot }) => slot === item.slot)) throw new CodedError('message', '/items');
    group.push(item);
    groups.set(item.frame, group);
  }
  return [...groups].map(([frame, group]) => {
    const link = frames.get(frame);
    return { link: link?.role === 'reveal' ? link : undefined, items: group };
  });
}

async function fetchValues(
  { reveal, hostOrigin }: RevealParts,
  tokens: readonly string[],
  session: string | undefined,
): Promise<RevealedValues> {
  const outcome = await reveal({ origin: await hostOrigin(), tokens, session });
  if (!outcome.ok) throw new CodedError(outcome.code);
  return outcome.value;
}

async function showGroup({ link, items }: FrameItems, values: RevealedValues): Promise<readonly Revealed[]> {
  if (link === undefined) return items.map(({ slot }) => ({ slot, code: 'unpaired' }));
  const showed = await link.show(items.map((item) => showItem(item, values)));
  return items.map(({ slot, token }) => {
    if (!values.has(token)) return { slot, code: 'not-found' };
    const item = showed?.find((one) => one.slot === slot);
    const code: ErrorCode | undefined = item === undefined ? 'unpaired' : item.code;
    return code === undefined ? { slot } : { slot, code };
  });
}

/** With `fetchValues` the one road from a vault's answer to a frame. */
function showItem({ slot, token }: RevealItem, values: RevealedValues): ShowItem {
  const shown = values.get(token);
  return shown === undefined ? { slot } : { slot, text: shown.text.expose(), value: shown.value.expose() };
}
