import type { Adapter } from '../adapter.js';
import { bareFrames } from './bare-frames.js';
import { cloisterFrame, cloisterFrames, cloisterMarkup } from './cloister.js';
import { floorFrame, floorFrames, floorKeyedFrame, floorKeyedFrames, floorKeyedMarkup, floorMarkup } from './floor.js';
import { samePage } from './same-page.js';

/** Everything that the bench can measure. A product of your own: one more file, and one more line here. */
export const ADAPTERS: readonly Adapter[] = [
  samePage,
  bareFrames,
  floorFrames,
  floorFrame,
  floorMarkup,
  floorKeyedFrames,
  floorKeyedFrame,
  floorKeyedMarkup,
  cloisterFrames,
  cloisterFrame,
  cloisterMarkup,
];
