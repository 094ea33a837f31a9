import {
  collectFrameAnswers,
  collectHostMethods,
  type collectFrameMethods,
  type CollectDrawing,
  type CollectUpdate,
  type Drawn,
  type FieldState,
  type Handlers,
} from '@cloister/protocol';
import type { Client } from '../client.js';
import { aboutItself, PairedFrame, type FrameControls, type PairedListener } from '../coordinator/paired-frame.js';
import { heightOfRows } from '../frame/create-frame.js';
import { Hearing } from './hearing.js';

/** What a form hears of its frames. */
export interface CollectFrameListener extends PairedListener<CollectFrame> {
  /** The states that the frame began with; `optional` names the fields that may stay empty. */
  begun(states: readonly FieldState[], optional: readonly string[]): void;
  changed(states: readonly FieldState[]): void;
  signal(field: string, type: 'focus' | 'blur' | 'enter' | 'escape'): void;
}

/** What a frame is made from. */
export interface CollectFrameRequest {
  readonly parent: Element;
  readonly title: string;
  readonly drawing: CollectDrawing;
  /** Groups the frames of one form. */
  readonly form: string;
}

const done = {};

/** What a frame may tell the page. It speaks for the fields that it was given and for no other. */
function hear(
  fields: readonly string[],
  listener: CollectFrameListener,
  { frame, hearing }: { readonly frame: FrameControls; readonly hearing: Hearing },
): Handlers<typeof collectHostMethods> {
  return {
    changed: (message) => {
      frame.used();
      listener.changed(message.fields.filter(({ name }) => fields.includes(name)));
      hearing.next();
      return done;
    },
    signal: ({ field, type }) => {
      frame.used();
      if (fields.includes(field)) listener.signal(field, type);
      return done;
    },
    ...aboutItself(frame),
  };
}

/** One iframe with one or more fields of a form. */
export class CollectFrame extends PairedFrame<typeof collectHostMethods, typeof collectFrameMethods> {
  readonly #hearing: Hearing;

  constructor(client: Client, request: CollectFrameRequest, listener: CollectFrameListener) {
    const hearing = new Hearing();
    const { parent, title, drawing, form } = request;
    const names = drawing.layout.flat();
    const begun = ({ fields, optional = [] }: Drawn): void => {
      listener.begun(
        fields.filter(({ name }) => names.includes(name)),
        optional,
      );
    };
    super(client, {
      role: 'collect',
      names,
      parent,
      look: { title, height: heightOfRows('collect', drawing.layout.length) },
      drawing,
      hostMethods: collectHostMethods,
      frameMethods: collectFrameAnswers,
      handlers: (frame) => hear(names, listener, { frame, hearing }),
      begin: (calls, drawn) => {
        if (drawn === undefined) return calls.setup(drawing).then(begun);
        begun(drawn);
        return undefined;
      },
      pair: (calls, coordinator) => calls.pair({ coordinator, form }),
      listener,
    });
    this.#hearing = hearing;
  }

  /** Resolves when the page has heard of so many changes in this frame. */
  heard(count: number): Promise<void> {
    return this.#hearing.atLeast(count);
  }

  async update(changes: CollectUpdate): Promise<void> {
    const { height } = await this.ask((frame) => frame.update(changes));
    this.resize(height);
  }
}
