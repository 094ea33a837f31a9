import type { Channel } from './channel.js';
import { listAt, numberAt, textAt, at } from './read-at.js';

/** An element of a page, as the browser has it, also in shadow trees and in frames of the same origin. */
export interface Element {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** By which the browser knows it. */
  readonly node: number;
  /** What it stands in. */
  readonly around: Around | undefined;
  /** What relative addresses in it begin with. */
  readonly base: string;
  /** Of its document. */
  readonly document: string;
  /** Whether it stands in the page's own document and not in one of a frame. */
  readonly isOnTop: boolean;
  /** Whether it stands in a shadow tree, open or closed. */
  readonly isInShadow: boolean;
  /** Id of the frame that it holds; empty for other elements. */
  readonly frame: string;
}

/** A node, and what that stands in. */
interface Around {
  readonly node: number;
  readonly around: Around | undefined;
}

/** Whether an element stands in a node. */
export function isWithin({ around }: Element, node: number): boolean {
  for (let each = around; each !== undefined; each = each.around) if (each.node === node) return true;
  return false;
}

type Place = Pick<Element, 'around' | 'base' | 'document' | 'isOnTop' | 'isInShadow'>;

function attributesOf(node: unknown): ReadonlyMap<string, string> {
  const flat = listAt(node, 'attributes').map((each) => (typeof each === 'string' ? each : ''));
  return new Map(
    flat.flatMap((name, index) => (index % 2 === 0 ? [[name.toLowerCase(), flat[index + 1] ?? ''] as const] : [])),
  );
}

function elementAt(node: unknown, place: Place): Element {
  return {
    ...place,
    tag: textAt(node, 'localName').toLowerCase(),
    attributes: attributesOf(node),
    node: numberAt(node, 'backendNodeId'),
    frame: textAt(node, 'frameId'),
  };
}

/** Frames of other origins are for whoever serves them. */
const isOurs = (url: string, page: string): boolean =>
  !/^https?:/u.test(url) || !URL.canParse(url) || new URL(url).origin === new URL(page).origin;

/** The place of what a document holds; `undefined` where it is not for us to look at. */
function placeOf(root: unknown, page: string, frame?: Place): Place | undefined {
  const written = textAt(root, 'documentURL');
  if (!isOurs(written, page)) return undefined;
  const isPlain = /^https?:/u.test(written);
  return {
    around: undefined,
    base: isPlain || frame === undefined ? textAt(root, 'baseURL') : frame.base,
    document: isPlain || frame === undefined ? written : frame.document,
    isOnTop: frame === undefined,
    isInShadow: false,
  };
}

/** Levels that are asked for at once: the driver's line takes no deeper ones, and a page may have thousands. */
const LEVELS = 40;

/** Children of a node; those below the levels that came are asked for. One that is gone has none. */
async function childrenOf(channel: Channel, node: unknown): Promise<readonly unknown[]> {
  const known = listAt(node, 'children');
  if (numberAt(node, 'childNodeCount') <= known.length) return known;
  const backendNodeId = numberAt(node, 'backendNodeId');
  const asked = channel.send('DOM.describeNode', { backendNodeId, depth: LEVELS, pierce: true });
  return listAt(await asked.catch(() => undefined), 'node', 'children');
}

type Found = readonly [node: unknown, place: Place];

async function below(channel: Channel, [node, place]: Found, page: string): Promise<readonly Found[]> {
  const inner = { ...place, around: { node: numberAt(node, 'backendNodeId'), around: place.around } };
  const content = at(node, 'contentDocument');
  const framed = content === undefined ? undefined : placeOf(content, page, { ...place, isOnTop: false });
  return [
    ...(await childrenOf(channel, node)).map((child) => [child, inner] as const),
    ...listAt(node, 'shadowRoots').map((child) => [child, { ...inner, isInShadow: true }] as const),
    ...(framed === undefined ? [] : [[content, framed] as const]),
  ];
}

/** All elements of an open page in their order, also those in closed shadow trees, which no script of the page would show. */
export async function elementsOf(channel: Channel, page: string): Promise<readonly Element[]> {
  const root = at(await channel.send('DOM.getDocument', { depth: LEVELS, pierce: true }), 'root');
  const place = placeOf(root, page);
  const elements: Element[] = [];
  // No recursion: a page chooses how deep it is.
  const open: Found[] = place === undefined ? [] : [[root, place]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (numberAt(next[0], 'nodeType') === 1) elements.push(elementAt(...next));
    for (const found of (await below(channel, next, page)).toReversed()) open.push(found);
  }
  return elements;
}
