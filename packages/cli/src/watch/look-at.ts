import { headerTraits, scriptTraits, type Trait } from '@cloister/csp';
import { plainAddress } from '../scripts/classify.js';
import { elementsOf } from '../scripts/elements.js';
import type { Visited } from '../scripts/visit-page.js';
import { elementTraits } from './element-traits.js';
import { overlayTraits } from './overlays.js';

/** Everything about an open page that is watched. */
export async function lookAt({ page, channel, response, inventory }: Visited): Promise<readonly Trait[]> {
  const headers = await response.headersArray();
  const elements = await elementsOf(channel, page.url());
  return [
    { kind: 'address', name: 'page', value: plainAddress(page.url()) },
    ...headerTraits(headers.map(({ name, value }) => [name, value] as const)),
    ...scriptTraits(inventory),
    ...elementTraits(elements),
    ...(await overlayTraits(channel, elements)),
  ];
}
