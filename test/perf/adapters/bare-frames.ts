import type { Adapter } from '../adapter.js';
import { pageScript } from '../lab/page-script.js';

export const bareFrames: Adapter = {
  name: 'bare-frames',
  serve: async (lab) => {
    lab.elements.serve('/bare.html', {
      type: 'text/html',
      body: '<!doctype html><meta charset="utf-8"><title>Bare</title><input>',
      immutable: true,
    });
    return { markup: () => '', driver: await pageScript('bare-frames-driver', { ELEMENTS: lab.origins.elements }) };
  },
};
