import {
  revealFrameAnswers,
  revealHostMethods,
  type Handlers,
  type revealFrameMethods,
  type RevealSetup,
  type SlotState,
} from '@cloister/protocol';
import type { Client } from '../client.js';
import { aboutItself, PairedFrame, type FrameControls, type PairedListener } from '../coordinator/paired-frame.js';
import { heightOfRows } from '../frame/create-frame.js';

/** What a view hears of its frames. */
export interface RevealFrameListener extends PairedListener<RevealFrame> {
  changed(slots: readonly SlotState[]): void;
  copied(slot: string): void;
}

/** What a frame is made from. */
export interface RevealFrameRequest {
  readonly parent: Element;
  readonly title: string;
  readonly setup: RevealSetup;
}

const done = {};

function hear(
  slots: readonly string[],
  listener: RevealFrameListener,
  frame: FrameControls,
): Handlers<typeof revealHostMethods> {
  return {
    changed: (message) => {
      listener.changed(message.slots.filter(({ slot }) => slots.includes(slot)));
      return done;
    },
    copied: ({ slot }) => {
      if (slots.includes(slot)) listener.copied(slot);
      return done;
    },
    ...aboutItself(frame),
  };
}

/** One iframe with one or more values of a view. */
export class RevealFrame extends PairedFrame<typeof revealHostMethods, typeof revealFrameMethods> {
  constructor(client: Client, { parent, title, setup }: RevealFrameRequest, listener: RevealFrameListener) {
    const slots = setup.slots.map(({ slot }) => slot);
    super(client, {
      role: 'reveal',
      names: slots,
      parent,
      look: {
        title,
        height: heightOfRows('reveal', setup.layout.length),
        ...(setup.slots.some(({ copy }) => copy) && { allow: 'clipboard-write' }),
      },
      hostMethods: revealHostMethods,
      frameMethods: revealFrameAnswers,
      handlers: (frame) => hear(slots, listener, frame),
      begin: (calls) => calls.setup(setup),
      pair: (calls, coordinator) => calls.pair({ coordinator }),
      listener,
    });
    // What it is there for is to be shown soon.
    client.coordinator.wake();
  }
}
