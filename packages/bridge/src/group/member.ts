import type { CloisterError, ErrorCode } from '@cloister/protocol';
import { insist } from '../errors.js';
import { clearAll, type Channel } from '../events/channels.js';

/** A frame that members of a form or view are in. */
export interface GroupFrame {
  /** Names of its members, in their order. */
  readonly names: readonly string[];
  readonly ready: Promise<void>;
  readonly iframe: HTMLIFrameElement;
  close(code: ErrorCode): void;
}

/** What a member needs of the form or view that it belongs to. */
interface Owner<F> {
  unmountAlone(frame: F): void;
  forget(name: string): void;
}

/** What is heard of every member, and of the whole of them. */
export interface GroupChannels<S> {
  readonly ready: Channel<S>;
  readonly change: Channel<S>;
  readonly error: Channel<CloisterError>;
}

/** A field of a form or a value of a view, which moves it in and out of frames. */
export abstract class Member<F extends GroupFrame, S> {
  abstract readonly state: S;
  abstract readonly channels: GroupChannels<S>;
  /** What people call it. */
  abstract readonly label: string;
  /** The frame that it is in. */
  frame: F | null = null;
  readonly #key: string;
  readonly #owner: Owner<F>;

  constructor(key: string, owner: Owner<F>) {
    this.#key = key;
    this.#owner = owner;
  }

  /** Whether no other member is in its frame. */
  get alone(): boolean {
    return this.frame === null || this.frame.names.length === 1;
  }

  unmount(): void {
    if (this.frame === null) return;
    insist(this.alone, 'it shares its frame: ask the form or view');
    this.#owner.unmountAlone(this.frame);
  }

  destroy(): void {
    this.unmount();
    this.#owner.forget(this.#key);
    this.close();
  }

  close(): void {
    clearAll(this.channels);
  }
}
