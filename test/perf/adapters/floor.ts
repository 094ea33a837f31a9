import type { Adapter } from '../adapter.js';
import type { Lab } from '../lab/lab.js';
import { pageScript } from '../lab/page-script.js';

type Mode = 'frames' | 'frame' | 'markup';

/** Where a floor is served. */
interface Place {
  readonly document: string;
  readonly sdk: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const PLAIN: Place = { document: '/floor.html', sdk: '/floor.js' };

/** With a process that no other origin of its site shares (HTML §7.1.1), which each document of ours asks for. */
const KEYED: Place = {
  document: '/floor-keyed.html',
  sdk: '/floor-keyed.js',
  headers: { 'Origin-Agent-Cluster': '?1' },
};

/** What the floors of a place serve is the same for all of them. */
async function serveFloor({ origins, elements, shop }: Lab, { document, sdk, headers }: Place): Promise<void> {
  const script = await pageScript('floor-frame', { HOST: origins.shop, VAULT: origins.vault });
  elements.serve(document, {
    type: 'text/html',
    body: `<!doctype html><meta charset="utf-8"><title>Floor</title><style>*{margin:0;font:14px sans-serif}</style><body><script>${script}</script>`,
    immutable: true,
    ...(headers === undefined ? {} : { headers }),
  });
  const body = await pageScript('floor-sdk', { ELEMENTS: origins.elements, DOCUMENT: document });
  shop.serve(sdk, { type: 'text/javascript', body, immutable: true });
}

function floor(name: string, mode: Mode, place = PLAIN): Adapter {
  return {
    name,
    serve: async (lab) => {
      await serveFloor(lab, place);
      const sdk = `<script src="${place.sdk}"></script>`;
      const early = (count: number): string =>
        `<iframe id="early" src="${lab.origins.elements}${place.document}#c${String(count)}"></iframe>`;
      return {
        markup: ({ count }) => (mode === 'markup' ? `${early(count)}${sdk}` : sdk),
        driver: await pageScript('floor-driver', { MODE: mode }),
      };
    },
  };
}

/** A frame for each field: the limit of every product that has one. */
export const floorFrames: Adapter = floor('floor-frames', 'frames');
/** One frame for all fields. */
export const floorFrame: Adapter = floor('floor-frame', 'frame');
/** The same frame in the page's own markup. */
export const floorMarkup: Adapter = floor('floor-markup', 'markup');
/** The same, each in a process of its own origin. */
export const floorKeyedFrames: Adapter = floor('floor-keyed-frames', 'frames', KEYED);
export const floorKeyedFrame: Adapter = floor('floor-keyed-frame', 'frame', KEYED);
export const floorKeyedMarkup: Adapter = floor('floor-keyed-markup', 'markup', KEYED);
