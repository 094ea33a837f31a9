import { defaultTreeAdapter, parse, type DefaultTreeAdapterTypes } from 'parse5';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

/** A script that a page's markup names or has. */
export type MarkupScript =
  | { readonly kind: 'inline'; readonly text: string }
  | {
      readonly kind: 'file';
      readonly src: string;
      readonly module: boolean;
      readonly integrity: string | undefined;
      /** Whether it is asked for with CORS: `crossorigin`, or a module (HTML §8.1.4.2). Integrity-Policy refuses what is not. */
      readonly cors: boolean;
      /** Where in the markup an attribute can be put in. */
      readonly at: number;
    };

/** What a page's markup has that a policy asks about. */
export interface PageParts {
  readonly scripts: readonly MarkupScript[];
  /** Texts of `<style>`. */
  readonly styles: readonly string[];
  /** What a policy without `'unsafe-inline'` refuses, and no hash allows without weakening it: words for people. */
  readonly refused: readonly string[];
}

/** Types that run (HTML §4.12.1.1); everything else is data, which a policy does not ask about. */
const RUNS =
  /^(?:module|importmap|speculationrules|(?:text|application)\/(?:x-)?(?:java|ecma|j|live)script(?:1\.[0-5])?)?$/iu;

const attributeOf = ({ attrs }: Element, name: string): string | undefined =>
  attrs.find((attribute) => attribute.name === name)?.value;

function* elementsIn(nodes: readonly Node[]): Generator<Element> {
  for (const node of nodes) {
    if (!defaultTreeAdapter.isElementNode(node)) continue;
    yield node;
    yield* elementsIn(node.childNodes);
    if ('content' in node) yield* elementsIn(node.content.childNodes);
  }
}

const textOf = ({ childNodes }: Element): string =>
  childNodes.map((node) => (defaultTreeAdapter.isTextNode(node) ? node.value : '')).join('');

function scriptOf(element: Element): readonly MarkupScript[] {
  const type = attributeOf(element, 'type')?.trim() ?? '';
  if (!RUNS.test(type)) return [];
  const src = attributeOf(element, 'src');
  if (src === undefined) return [{ kind: 'inline', text: textOf(element) }];
  const module = /^module$/iu.test(type);
  const tag = element.sourceCodeLocation?.startTag;
  const at = (tag?.startOffset ?? 0) + '<script'.length;
  return [
    {
      kind: 'file',
      src: src.trim(),
      module,
      integrity: attributeOf(element, 'integrity'),
      cors: module || attributeOf(element, 'crossorigin') !== undefined,
      at,
    },
  ];
}

const isAddress = (name: string): boolean =>
  ['href', 'src', 'action', 'formaction', 'xlink:href', 'data'].includes(name);
// What an address parser takes out before it looks at the scheme (URL §4.4).
const isCode = (address: string): boolean => /^[\0-\x20]*javascript:/iu.test(address.replaceAll(/[\t\n\r]/gu, ''));

const refusedIn = ({ tagName, attrs }: Element): readonly string[] =>
  attrs.flatMap(({ name, value }) => {
    if (name.startsWith('on'))
      return [`<${tagName} ${name}>: code in an attribute; add a listener in a script instead`];
    if (isAddress(name) && isCode(value))
      return [`<${tagName} ${name}>: a javascript: address; use a button and a script`];
    if (name === 'style') return [`<${tagName} style>: put it into a style sheet`];
    return tagName === 'base' && name === 'href' ? ['<base>: base-uri refuses it; write addresses from the root'] : [];
  });

/** Reads a page as a browser's parser does (HTML §13.2). Never fails: every text is a page. */
export function pageParts(markup: string): PageParts {
  const elements = [...elementsIn(parse(markup, { sourceCodeLocationInfo: true }).childNodes)];
  return {
    scripts: elements.filter(({ tagName }) => tagName === 'script').flatMap(scriptOf),
    styles: elements.filter(({ tagName }) => tagName === 'style').map(textOf),
    refused: [...new Set(elements.flatMap(refusedIn))],
  };
}
