import type { Adapter } from '../adapter.js';
import { pageScript } from '../lab/page-script.js';

export const samePage: Adapter = {
  name: 'same-page',
  serve: async (lab) => ({
    markup: () => '',
    driver: await pageScript('same-page-driver', { VAULT: lab.origins.vault }),
  }),
};
