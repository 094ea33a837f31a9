import {
  collectFrameMethods,
  coordinatorMethods,
  revealFrameMethods,
  welcome,
  type MethodMap,
  type SchemaNode,
} from '@cloister/protocol';

/** A place where a page may put a string, in what it sends to a frame. */
export interface WordPlace {
  /** `role method`. */
  readonly call: string;
  /** JSON Pointer; `*` stands for any name or index, `~key` for the name itself. */
  readonly pointer: string;
  readonly node: SchemaNode;
}

type Step = Omit<WordPlace, 'call'>;

function* placesIn(node: SchemaNode, pointer: string): Generator<Step> {
  switch (node.type) {
    case 'any':
      for (const each of node.variants) yield* placesIn(each, pointer);
      break;
    case 'array':
      yield* placesIn(node.items, `${pointer}/*`);
      break;
    case 'object':
      for (const [key, part] of Object.entries(node.shape)) yield* placesIn(part, `${pointer}/${key}`);
      break;
    case 'record':
      yield { pointer: `${pointer}/~key`, node: node.keys };
      yield* placesIn(node.values, `${pointer}/*`);
      break;
    default:
      yield { pointer, node };
  }
}

const placesOf = (role: string, methods: MethodMap): readonly WordPlace[] =>
  Object.entries(methods).flatMap(([method, { params }]) =>
    [...placesIn(params, '')].map((place) => ({ call: `${role} ${method}`, ...place })),
  );

/** Every leaf of everything that a page can send to a frame: read off the contracts, so that a new one is among them. */
export const PLACES: readonly WordPlace[] = [
  ...placesOf('collect', collectFrameMethods),
  ...placesOf('reveal', revealFrameMethods),
  ...placesOf('coordinator', coordinatorMethods),
  ...[...placesIn(welcome, '')].map((place) => ({ call: 'any welcome', ...place })),
];

/** Values of styles have a corpus and a test of their own (`test/adversarial/styles.spec.ts`). */
const isStyle = ({ pointer }: WordPlace): boolean => pointer.startsWith('/appearance/');

/** Any text at all is taken: what a person reads. */
const isText = ({ node }: WordPlace): boolean => node.type === 'string' && node.format === undefined;

export const TEXT_PLACES: readonly WordPlace[] = PLACES.filter((place) => isText(place) && !isStyle(place));

/** Names, ids, choices, numbers: none of them takes a text that has markup in it. */
export const CLOSED_PLACES: readonly WordPlace[] = PLACES.filter((place) => !isText(place));

/** Where frames take words; each is looked at in `test/adversarial/words.spec.ts` or `shown-words.spec.ts`. */
export const COLLECT_TEXTS = [
  '/texts/*/label',
  '/texts/*/placeholder',
  '/texts/*/help/text',
  '/texts/*/help/markup',
  '/messages/*',
] as const;
export const REVEAL_TEXTS = ['/texts/copy', '/texts/copied', '/texts/hidden', '/texts/failed'] as const;
export const REVEAL_LABEL = '/slots/*/label';

/** How long a text may be at the place of that pointer. */
export function boundAt(pointer: string): number {
  const node = TEXT_PLACES.find((place) => place.pointer === pointer)?.node;
  if (node?.type !== 'string') throw new Error(`there is no place ${pointer}`);
  return node.max;
}
