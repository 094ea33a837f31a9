import type { Channel } from './channel.js';
import { listAt, numberAt, textAt, at } from './read-at.js';

/** An element of a page, as the browser has it, also in shadow trees and in frames of the same origin. */
export interface Element {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** By which the browser knows it. */
  readonly node: number;
  /** Those that it stands in. */
  readonly ancestors: ReadonlySet<number>;
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

type Place = Pick<Element, 'ancestors' | 'base' | 'document' | 'isOnTop' | 'isInShadow'>;

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

function below(node: unknown, place: Place, page: string): readonly Element[] {
  const inner = { ...place, ancestors: new Set([...place.ancestors, numberAt(node, 'backendNodeId')]) };
  const own = numberAt(node, 'nodeType') === 1 ? [elementAt(node, place)] : [];
  const content = at(node, 'contentDocument');
  return [
    ...own,
    ...listAt(node, 'children').flatMap((child) => below(child, inner, page)),
    ...listAt(node, 'shadowRoots').flatMap((child) => below(child, { ...inner, isInShadow: true }, page)),
    ...(content === undefined ? [] : documentElements(content, page, { ...place, isOnTop: false })),
  ];
}

/** All elements of a document that the debugger gave. */
function documentElements(root: unknown, page: string, around?: Place): readonly Element[] {
  const written = textAt(root, 'documentURL');
  if (!isOurs(written, page)) return [];
  const isPlain = /^https?:/u.test(written);
  const place: Place = {
    ancestors: new Set(),
    base: isPlain || around === undefined ? textAt(root, 'baseURL') : around.base,
    document: isPlain || around === undefined ? written : around.document,
    isOnTop: around === undefined,
    isInShadow: false,
  };
  return below(root, place, page);
}

/** All elements of an open page, also those in closed shadow trees, which no script of the page would show. */
export const elementsOf = async (channel: Channel, page: string): Promise<readonly Element[]> =>
  documentElements(at(await channel.send('DOM.getDocument', { depth: -1, pierce: true }), 'root'), page);
