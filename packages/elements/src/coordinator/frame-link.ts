import { Secret, type Infer } from '@cloister/protocol';
import type { PairedFrame } from '../pairing/accept-pairing.js';
import {
  toCoordinator,
  type brandChanged,
  type joined,
  type show,
  type showed,
  type ToCoordinator,
  type ToFrame,
} from '../pairing/messages.js';
import { privatePort, type PrivatePort } from '../pairing/private-port.js';
import type { After } from './environment.js';

/** What a collect frame holds. */
export type Joined = Infer<typeof joined>;
export type BrandChanged = Infer<typeof brandChanged>;
export type ShowItem = Infer<typeof show>['items'][number];
export type ShowedItem = Infer<typeof showed>['items'][number];

/** The values of one frame; `undefined` values mean that they are not all valid. */
export interface Gathered {
  readonly revision: number;
  readonly values: ReadonlyMap<string, Secret> | undefined;
}

/** What a link tells of its own accord. */
export interface FrameNews {
  readonly joined: (link: FrameLink) => void;
  readonly brand: (link: FrameLink, message: BrandChanged) => void;
}

/** Milliseconds that a frame may take to answer; it needs one. */
const PATIENCE = 3000;

/** The coordinator's end of one paired frame. */
export class FrameLink {
  readonly id: string;
  readonly role: PairedFrame['role'];
  readonly #port: PrivatePort<ToFrame, ToCoordinator>;
  readonly #after: After;
  readonly #waiting = new Map<number, (answer: ToCoordinator | undefined) => void>();
  #asked = 0;
  #joined: Joined | undefined;

  constructor({ id, role, port }: PairedFrame, after: After, news: FrameNews) {
    this.id = id;
    this.role = role;
    this.#after = after;
    this.#port = privatePort({ port, incoming: toCoordinator });
    this.#port.on((message) => {
      this.#receive(message, news);
    });
  }

  /** What the frame said it holds, if it is a collect frame and did. */
  get joined(): Joined | undefined {
    return this.#joined;
  }

  /** The frame's values, or `undefined` when it does not answer. */
  async gather(): Promise<Gathered | undefined> {
    const answer = await this.#ask((request) => ({ type: 'gather', request }));
    if (answer?.type !== 'gathered') return undefined;
    const { revision, values } = answer;
    return { revision, values: values === undefined ? undefined : sealed(values) };
  }

  /** Tells a collect frame that its values are stored; answers how many changes it had told the page when it had forgotten what it must. */
  async stored(): Promise<number> {
    const answer = await this.#ask((request) => ({ type: 'stored', request }));
    return answer?.type === 'forgotten' ? answer.told : 0;
  }

  /** What became of each value, or `undefined` when the frame does not answer. */
  async show(items: readonly ShowItem[]): Promise<readonly ShowedItem[] | undefined> {
    const answer = await this.#ask((request) => ({ type: 'show', request, items }));
    return answer?.type === 'showed' ? answer.items : undefined;
  }

  /** Tells the frame the brand of its form's number. */
  tell(message: BrandChanged): void {
    this.#port.send(message);
  }

  /** Lets go of the frame; whoever waits for it hears at once that nothing comes. */
  close(): void {
    this.#port.close();
    for (const settle of [...this.#waiting.values()]) settle(undefined);
  }

  #ask(make: (request: number) => ToFrame): Promise<ToCoordinator | undefined> {
    this.#asked += 1;
    const request = this.#asked;
    return new Promise((resolve) => {
      const settle = (answer: ToCoordinator | undefined): void => {
        this.#waiting.delete(request);
        cancel();
        resolve(answer);
      };
      const cancel = this.#after(PATIENCE, () => {
        settle(undefined);
      });
      this.#waiting.set(request, settle);
      this.#port.send(make(request));
    });
  }

  #receive(message: ToCoordinator, news: FrameNews): void {
    switch (message.type) {
      case 'joined':
        this.#joined = message;
        news.joined(this);
        return;
      case 'brand':
        news.brand(this, message);
        return;
      case 'gathered':
      case 'showed':
      case 'forgotten':
        this.#waiting.get(message.request)?.(message);
    }
  }
}

const sealed = (values: Readonly<Record<string, string>>): ReadonlyMap<string, Secret> =>
  new Map(Object.entries(values).map(([field, value]) => [field, new Secret(value)]));
