import type { Trait } from '@cloister/csp';
import type { Channel } from '../scripts/channel.js';
import { plainAddress } from '../scripts/classify.js';
import { at, listAt, numberAt, textAt } from '../scripts/read-at.js';
import { isWithin, type Element } from '../scripts/elements.js';

/** Frames that are looked at; a page has a handful. */
const MOST = 30;
/** Where a frame is touched, as parts of its sides. */
const SPOTS = [
  [0.5, 0.5],
  [0.15, 0.25],
  [0.85, 0.25],
  [0.15, 0.75],
  [0.85, 0.75],
] as const;
/** Pixels below which nobody types into it. */
const SMALL = 8;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where an element is in its document, once it is scrolled to; `undefined` where it is not laid out. */
async function boxOf(channel: Channel, backendNodeId: number): Promise<Box | undefined> {
  try {
    await channel.send('DOM.scrollIntoViewIfNeeded', { backendNodeId });
    const model = at(await channel.send('DOM.getBoxModel', { backendNodeId }), 'model');
    const view = at(await channel.send('Page.getLayoutMetrics'), 'cssLayoutViewport');
    const [x, y, right, , , bottom] = listAt(model, 'content').map(Number);
    if (x === undefined || y === undefined || right === undefined || bottom === undefined) return undefined;
    const box = {
      x: x + numberAt(view, 'pageX'),
      y: y + numberAt(view, 'pageY'),
      width: right - x,
      height: bottom - y,
    };
    return box.width < SMALL || box.height < SMALL ? undefined : box;
  } catch {
    return undefined;
  }
}

const nameOf = ({ tag, attributes }: Element): string =>
  [tag, ...(attributes.has('id') ? [`#${attributes.get('id') ?? ''}`] : [])].join('');

/**
 * What lies above the frames of a page: a frame that is covered can be imitated. Also what lets clicks through is seen.
 */
export async function overlayTraits(channel: Channel, elements: readonly Element[]): Promise<readonly Trait[]> {
  const all = elements.filter(({ tag, isOnTop }) => tag === 'iframe' && isOnTop);
  const frames = all.slice(0, MOST);
  const byNode = new Map(elements.map((element) => [element.node, element]));
  // Else many frames would hide what lies above one of them.
  const rest: Trait = {
    kind: 'overlay',
    name: 'frames',
    value: `more than ${String(MOST)}, of which the rest was not looked at`,
  };
  const traits: Trait[] = all.length > MOST ? [rest] : [];
  for (const frame of frames) {
    const box = await boxOf(channel, frame.node);
    if (box === undefined) continue;
    const name = plainAddress(frame.attributes.get('src') ?? 'about:blank');
    for (const node of await above(channel, frame, box)) {
      const element = byNode.get(node);
      traits.push({ kind: 'overlay', name, value: element === undefined ? 'an element' : nameOf(element) });
    }
  }
  return traits;
}

async function above(channel: Channel, frame: Element, { x, y, width, height }: Box): Promise<ReadonlySet<number>> {
  const found = new Set<number>();
  for (const [across, down] of SPOTS) {
    const spot = { x: Math.round(x + width * across), y: Math.round(y + height * down) };
    const hit = await channel
      .send('DOM.getNodeForLocation', { ...spot, ignorePointerEventsNone: true })
      .catch(() => undefined);
    const node = numberAt(hit, 'backendNodeId');
    const isItself = node === frame.node || textAt(hit, 'frameId') === frame.frame;
    // Behind it, and not above it: the frame itself is not to be hit (hidden, or clipped away).
    if (node !== 0 && !isItself && !isWithin(frame, node)) found.add(node);
  }
  return found;
}
