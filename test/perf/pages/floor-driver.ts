import { tokenOf, type Product } from '../product.js';
import type { FloorFrame } from './floor-sdk.js';

/** `frames`: one a field. `frame`: one for all. `markup`: one for all, that stands in the page already. */
declare const MODE: 'frames' | 'frame' | 'markup';

let frames: readonly FloorFrame[] = [];
let values = 0;
const listeners = new Set<() => void>();
const changed = (): void => {
  for (const listener of listeners) listener();
};

const place = (id: string): Element => {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`there is no ${id}`);
  return found;
};

function open(kind: 'c' | 'v', count: number): readonly FloorFrame[] {
  const { floor } = window;
  if (MODE === 'frames')
    return Array.from({ length: count }, (_, index) =>
      floor.open(place(`place-${String(index)}`), `#${kind}1`, changed),
    );
  const target = MODE === 'markup' ? place('early') : place('whole');
  return [floor.open(target, `#${kind}${String(count)}`, changed)];
}

async function mount(kind: 'c' | 'v', count: number): Promise<void> {
  frames = open(kind, count);
  await Promise.all(frames.map(({ ready }) => ready));
  // As tall as what is in it: a value that is off screen is not painted.
  if (kind === 'v' && MODE === 'frame')
    for (const { iframe } of frames) iframe.style.height = `${String(count * 40)}px`;
}

const first = (): FloorFrame => {
  const [frame] = frames;
  if (frame === undefined) throw new Error('nothing is mounted');
  return frame;
};

const product: Product = {
  mount: (count) => mount('c', count),
  mountValues: (count) => {
    values = count;
    return mount('v', count);
  },
  submit: () => first().ask({ submit: true }),
  reveal: () => first().ask({ tokens: Array.from({ length: values }, (_, index) => tokenOf(index)) }),
  unmount: () => {
    for (const frame of frames) frame.close();
    frames = [];
  },
  onChange: (listener) => {
    listeners.add(listener);
  },
};
window.product = product;
