import type { Lab } from './lab/lab.js';
import type { FieldKind } from './product.js';

/** What a page is opened for. */
export interface Purpose {
  /** Fields or values that will be mounted. */
  readonly count: number;
  readonly kind: FieldKind;
}

/** What an adapter puts into its page. */
export interface AdapterPage {
  /** Markup before the driver: the script tags of the SDK, mount points, frames of the page's own. */
  readonly markup: (purpose: Purpose) => string;
  /** The script that sets `window.product`; it stands in the page, so that it costs no request. */
  readonly driver: string;
}

/** One product or floor: everything that the bench has to know of it. */
export interface Adapter {
  readonly name: string;
  /** Serves what it needs beside the page. */
  readonly serve: (lab: Lab) => Promise<AdapterPage>;
}
