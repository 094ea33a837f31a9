import { settled, withoutNonces, type Trait } from '@cloister/csp';
import { plainAddress } from '../scripts/classify.js';
import type { Element } from '../scripts/elements.js';

const FRAMES = new Set(['iframe', 'frame', 'object', 'embed', 'fencedframe']);
const FIELDS = new Set(['input', 'textarea', 'select']);
/** Inputs that nobody types into. */
const SILENT = new Set(['hidden', 'submit', 'button', 'reset', 'image', 'checkbox', 'radio', 'range', 'color']);

const given = ({ attributes }: Element, name: string): string => attributes.get(name) ?? '';

const absolute = (address: string, { base }: Element): string =>
  plainAddress(URL.canParse(address, base) ? new URL(address, base).href : address);

function formTraits(element: Element): readonly Trait[] {
  const { attributes, document, tag } = element;
  const own = attributes.get('formaction');
  if (own !== undefined) return [{ kind: 'form', name: absolute(own, element), value: given(element, 'formmethod') }];
  if (tag !== 'form') return [];
  const action = given(element, 'action');
  const name = action === '' ? plainAddress(document) : absolute(action, element);
  return [{ kind: 'form', name, value: given(element, 'method').toLowerCase() }];
}

/** A card field in the page itself is what frames are there to avoid; one more field than was approved is a question. */
function inputTraits(element: Element): readonly Trait[] {
  const { tag, attributes } = element;
  const editable = attributes.has('contenteditable') && given(element, 'contenteditable') !== 'false';
  if (editable) return [{ kind: 'input', name: `editable ${tag}`, value: '' }];
  if (!FIELDS.has(tag) || SILENT.has(given(element, 'type').toLowerCase())) return [];
  const autocomplete = given(element, 'autocomplete').toLowerCase();
  const isCard = autocomplete.split(/\s+/u).some((word) => word.startsWith('cc-'));
  const name = `${tag} name="${given(element, 'name')}" autocomplete="${autocomplete}"`;
  return [
    {
      kind: 'input',
      name,
      value: given(element, 'type').toLowerCase(),
      ...(isCard ? { note: 'asks for card data' } : {}),
    },
  ];
}

function frameTraits(element: Element): readonly Trait[] {
  const { tag, attributes } = element;
  if (!FRAMES.has(tag)) return [];
  const address = given(element, tag === 'object' ? 'data' : 'src');
  const name = attributes.has('srcdoc') ? 'srcdoc' : address === '' ? 'about:blank' : absolute(address, element);
  const sandbox = attributes.get('sandbox');
  const value = [
    tag,
    sandbox === undefined ? 'no sandbox' : `sandbox "${sandbox.trim().split(/\s+/u).sort().join(' ')}"`,
    `allow "${given(element, 'allow').trim()}"`,
    ...(attributes.has('allowfullscreen') ? ['allowfullscreen'] : []),
  ].join(', ');
  const title = given(element, 'title');
  return [{ kind: 'frame', name, value, ...(title === '' ? {} : { note: `titled "${title}"` }) }];
}

/** Of several of a name each counts, so each is known by its place among them: a second field of that name is a new one. */
function numbered(traits: readonly Trait[]): readonly Trait[] {
  const counts = new Map<string, number>();
  return traits.map((trait) => {
    const count = (counts.get(trait.name) ?? 0) + 1;
    counts.set(trait.name, count);
    return count === 1 ? trait : { ...trait, name: `${trait.name} (${String(count)})` };
  });
}

function metaTraits(element: Element): readonly Trait[] {
  const about = (element.attributes.get('http-equiv') ?? '').toLowerCase();
  const name = about === '' && given(element, 'name').toLowerCase() === 'referrer' ? 'referrer' : about;
  if (name === '') return [];
  const content = given(element, 'content');
  const value = name === 'content-security-policy' ? settled(content, false) : withoutNonces(content);
  return [{ kind: 'meta', name, value }];
}

function fixed(element: Element): readonly Trait[] {
  const { tag, attributes } = element;
  if (tag === 'base') return [{ kind: 'base', name: 'base', value: given(element, 'href') }];
  const src = attributes.get('src') ?? '';
  if (tag !== 'script' || src === '') return [];
  return [
    {
      kind: 'integrity',
      name: absolute(src, element),
      value: given(element, 'integrity'),
      note: 'of a script element',
    },
  ];
}

/** What is watched of the elements of a page. */
export const elementTraits = (elements: readonly Element[]): readonly Trait[] => [
  ...elements.flatMap((element) => [...formTraits(element), ...frameTraits(element), ...fixed(element)]),
  ...numbered(elements.flatMap(inputTraits)),
  ...numbered(elements.filter(({ tag, isOnTop }) => tag === 'meta' && isOnTop).flatMap(metaTraits)),
];
