import {
  revealFrameAnswers,
  revealHostMethods,
  type CloisterError,
  type Handlers,
  type revealFrameMethods,
  type RevealSetup,
  type SlotState,
} from '@cloister/protocol';
import type { Client } from '../client.js';
import { PairedFrame, type FrameControls } from '../coordinator/paired-frame.js';

/** What a view hears of its frames. */
export interface RevealFrameListener {
  changed(slots: readonly SlotState[]): void;
  copied(slot: string): void;
  lost(frame: RevealFrame, error: CloisterError): void;
  unpaired(frame: RevealFrame, error: CloisterError): void;
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
    resized: ({ height }) => {
      frame.resize(height);
      return done;
    },
    failed: ({ code }) => {
      frame.fail(code);
      return done;
    },
  };
}

/** One iframe with one or more values of a view. */
export class RevealFrame extends PairedFrame<typeof revealHostMethods, typeof revealFrameMethods> {
  readonly slots: readonly string[];

  constructor(client: Client, { parent, title, setup }: RevealFrameRequest, listener: RevealFrameListener) {
    const slots = setup.slots.map(({ slot }) => slot);
    super(client, {
      role: 'reveal',
      parent,
      look: setup.slots.some(({ copy }) => copy) ? { title, allow: 'clipboard-write' } : { title },
      hostMethods: revealHostMethods,
      frameMethods: revealFrameAnswers,
      handlers: (frame) => hear(slots, listener, frame),
      begin: async (calls) => (await calls.setup(setup)).height,
      pair: (calls, coordinator) => calls.pair({ coordinator }),
      lost: (error) => {
        listener.lost(this, error);
      },
      unpaired: (error) => {
        listener.unpaired(this, error);
      },
    });
    this.slots = slots;
  }
}
