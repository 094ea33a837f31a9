/** Frames of another site with an input each, and not a line of script in them: the browser's own price of a frame. */
import type { Product } from '../product.js';

declare const ELEMENTS: string;

let frames: readonly HTMLIFrameElement[] = [];
const none = (): Promise<never> => Promise.reject(new Error('a bare frame can do nothing'));

const open = (index: number): HTMLIFrameElement => {
  const iframe = document.createElement('iframe');
  iframe.src = `${ELEMENTS}/bare.html`;
  document.getElementById(`place-${String(index)}`)?.append(iframe);
  return iframe;
};

const loaded = (iframe: HTMLIFrameElement): Promise<void> =>
  new Promise((resolve) => {
    iframe.onload = () => {
      resolve();
    };
  });

const product: Product = {
  mount: async (count) => {
    frames = Array.from({ length: count }, (_, index) => open(index));
    await Promise.all(frames.map(loaded));
  },
  mountValues: none,
  submit: none,
  reveal: none,
  unmount: () => {
    for (const iframe of frames) iframe.remove();
  },
  onChange: () => undefined,
};
window.product = product;
