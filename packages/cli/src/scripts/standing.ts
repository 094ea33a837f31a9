import type { RanScript } from '@cloister/csp';
import { hashOf, plainAddress } from './classify.js';
import type { Element } from './elements.js';

const ADDRESSES: ReadonlySet<string> = new Set(['href', 'xlink:href', 'src', 'action', 'formaction', 'data']);

/** URL §4.4: what is taken away at the beginning of an address, and within it. */
const BEFORE = /^[\0-\x20]+/u;
const WITHIN = /[\t\n\r]/gu;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The code of a `javascript:` address; `undefined` for any other. */
function codeOf(address: string): string | undefined {
  const plain = address.replace(BEFORE, '').replaceAll(WITHIN, '');
  return /^javascript:/iu.test(plain) ? decoded(plain.slice('javascript:'.length)) : undefined;
}

function codeAt(name: string, value: string): readonly [kind: RanScript['kind'], text: string][] {
  if (name.startsWith('on') && value !== '') return [['handler', value]];
  const code = ADDRESSES.has(name) ? codeOf(value) : undefined;
  return code === undefined ? [] : [['javascript-url', code]];
}

/**
 * Code in the markup of shadow trees, whether it ran or not: what watches the markup from within sees nothing of them.
 */
export const standingIn = (elements: readonly Element[]): readonly RanScript[] =>
  elements
    .filter(({ isInShadow }) => isInShadow)
    .flatMap(({ attributes, document }) =>
      [...attributes]
        .flatMap(([name, value]) => codeAt(name, value))
        .map(([kind, text]): RanScript => {
          const frame = plainAddress(document);
          return { kind, src: '', hash: hashOf(text), length: text.length, initiator: frame, frame };
        }),
    );
