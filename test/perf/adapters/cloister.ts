import { readFile } from 'node:fs/promises';
import { formMarkup } from '@cloister/bridge';
import { parseConfig, type CloisterConfig } from '@cloister/protocol';
import { BRIDGE, buildSite, siteHandler } from '../../support/product.js';
import type { Adapter, Purpose } from '../adapter.js';
import type { Lab, Origins } from '../lab/lab.js';
import { pageScript } from '../lab/page-script.js';
import { startVault } from './real-vault.js';

/** What a session callback answers at once when the stub, which looks at no session, stands for the vault. */
const AT_HAND = 'cls_a-session-that-is-at-hand';

const CARDS = {
  number: { type: 'card-number', reveal: 'plain', disclose: ['brand', 'last4'] },
  expiry: { type: 'card-expiry', reveal: 'plain' },
  cvc: { type: 'card-cvc', keep: '1h' },
  name: { type: 'person-name', reveal: 'plain' },
} as const;

const texts = (count: number): object =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `f${String(index)}`,
      { type: 'text', reveal: 'plain', optional: true },
    ]),
  );

function configOf({ origins, realVault }: Lab): CloisterConfig {
  const parsed = parseConfig({
    hosts: [origins.shop],
    elements: origins.elements,
    vault: realVault ? origins.spare : origins.vault,
    collections: { cards: CARDS, many: texts(64) },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.config;
}

/** Sites and vaults by lab: both adapters of one lab share them. */
const served = new WeakMap<Lab, Promise<void>>();

async function serveProduct(lab: Lab): Promise<void> {
  const config = configOf(lab);
  lab.elements.otherwise(siteHandler(await buildSite(config)));
  const body = await readFile(BRIDGE, 'utf8');
  lab.shop.serve('/cloister.js', { type: 'text/javascript', body, immutable: true });
  if (lab.realVault) await startVault(lab, config);
}

type Mode = 'frames' | 'frame' | 'markup';

/** The SDK's script tag; before it, where it is asked for, the frame that a server would write. */
function markupOf({ elements }: Origins, mode: Mode, { kind, count }: Purpose): string {
  const script = '<script src="/cloister.js"></script>';
  if (mode !== 'markup' || kind !== 'card') return script;
  const layout = Object.keys(CARDS)
    .slice(0, count)
    .map((name) => [name]);
  return `<div id="early">${formMarkup({ elements, collection: 'cards', layout, height: 320 })}</div>${script}`;
}

function cloister(name: string, mode: Mode): Adapter {
  return {
    name,
    serve: async (lab) => {
      const product = served.get(lab) ?? serveProduct(lab);
      served.set(lab, product);
      await product;
      const define = { ELEMENTS: lab.origins.elements, SESSION: lab.realVault ? '' : AT_HAND, MODE: mode };
      return {
        markup: (purpose) => markupOf(lab.origins, mode, purpose),
        driver: await pageScript('cloister-driver', define),
      };
    },
  };
}

/** A frame for each field. */
export const cloisterFrames: Adapter = cloister('cloister-frames', 'frames');
/** One frame for all fields. */
export const cloisterFrame: Adapter = cloister('cloister-frame', 'frame');
/** One frame for all, written into the page by a server and adopted by the SDK. */
export const cloisterMarkup: Adapter = cloister('cloister-markup', 'markup');
