import type { Adapter } from '../adapter.js';
import type { Lab } from '../lab/lab.js';
import { pageScript } from '../lab/page-script.js';

type Mode = 'frames' | 'frame' | 'markup';

/** What the floors serve is the same for all of them. */
async function serveFloor({ origins, elements, shop }: Lab): Promise<void> {
  const script = await pageScript('floor-frame', { HOST: origins.shop, VAULT: origins.vault });
  elements.serve('/floor.html', {
    type: 'text/html',
    body: `<!doctype html><meta charset="utf-8"><title>Floor</title><style>*{margin:0;font:14px sans-serif}</style><body><script>${script}</script>`,
    immutable: true,
  });
  const sdk = await pageScript('floor-sdk', { ELEMENTS: origins.elements });
  shop.serve('/floor.js', { type: 'text/javascript', body: sdk, immutable: true });
}

const SDK = '<script src="/floor.js"></script>';

function floor(name: string, mode: Mode): Adapter {
  return {
    name,
    serve: async (lab) => {
      await serveFloor(lab);
      const early = (count: number): string =>
        `<iframe id="early" src="${lab.origins.elements}/floor.html#c${String(count)}"></iframe>`;
      return {
        markup: ({ count }) => (mode === 'markup' ? `${early(count)}${SDK}` : SDK),
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
