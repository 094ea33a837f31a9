import { anyOf, type CardBrand } from '@cloister/protocol';
import type { PairedFrame } from '../../pairing/accept-pairing.js';
import { show, toCollect, type PairRequest, type ToCoordinator, type ToFrame } from '../../pairing/messages.js';
import { privatePort, type PrivatePort } from '../../pairing/private-port.js';
import type { ShowItem } from '../frame-link.js';

/** How a fake frame behaves when it is asked for something. */
export interface FrameBehaviour {
  /** `undefined`: not all valid. */
  values: Readonly<Record<string, string>> | undefined;
  revision: number;
  /** How many changes it says that it told the page. */
  told: number;
  /** Never answers. */
  mute: boolean;
  /** Slots that cannot be shown now. */
  readonly hidden: Set<string>;
}

/** A collect or reveal frame as the coordinator meets it: the other end of a real channel. */
export class FakeFrame {
  readonly id: string;
  readonly paired: PairedFrame;
  readonly behaviour: FrameBehaviour = { values: undefined, revision: 1, told: 0, mute: false, hidden: new Set() };
  readonly shown: ShowItem[] = [];
  readonly brands: (CardBrand | undefined)[] = [];
  /** How often its values were asked for, and how often it heard that they are stored. */
  gathers = 0;
  stored = 0;
  /** All that it heard of the coordinator, in messages. */
  messages = 0;
  readonly #port: PrivatePort<ToCoordinator, ToFrame>;

  constructor(id: string, role: PairRequest['role'] = 'collect') {
    const { port1, port2 } = new MessageChannel();
    this.id = id;
    this.paired = { id, role, port: port1 };
    this.#port = privatePort<ToCoordinator, ToFrame>({ port: port2, incoming: anyOf([toCollect, show]) });
    this.#port.on((message) => {
      this.#receive(message);
    });
  }

  join(form: string, collection: string, fields: readonly string[]): void {
    this.#port.send({ type: 'joined', form, collection, fields });
  }

  say(message: ToCoordinator): void {
    this.#port.send(message);
  }

  /** The shopper types. */
  type(values: Readonly<Record<string, string>> | undefined): void {
    this.behaviour.values = values;
    this.behaviour.revision += 1;
  }

  close(): void {
    this.#port.close();
  }

  #receive(message: ToFrame): void {
    this.messages += 1;
    if (message.type === 'brand') {
      this.brands.push(message.brand);
      return;
    }
    if (message.type === 'gather') this.gathers += 1;
    if (message.type === 'stored') this.stored += 1;
    if (this.behaviour.mute) return;
    if (message.type === 'gather') this.#answerGather(message.request);
    else if (message.type === 'stored')
      this.say({ type: 'forgotten', request: message.request, told: this.behaviour.told });
    else this.#answerShow(message.request, message.items);
  }

  #answerGather(request: number): void {
    const { revision, values } = this.behaviour;
    this.say({ type: 'gathered', request, revision, ...(values === undefined ? {} : { values }) });
  }

  #answerShow(request: number, items: readonly ShowItem[]): void {
    this.shown.push(...items);
    const { hidden } = this.behaviour;
    this.say({
      type: 'showed',
      request,
      items: items.map(({ slot }) => (hidden.has(slot) ? { slot, code: 'hidden' } : { slot })),
    });
  }
}
