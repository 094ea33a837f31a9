import { decode } from '@cloister/protocol';
import { pairRequest, type PairAnswer, type PairRequest } from './messages.js';

/** What the coordinator needs of its window. */
export interface PairingWindow {
  readonly origin: string;
  readonly parent: unknown;
  addEventListener(type: 'message', listener: (event: PairingEvent) => void): void;
  removeEventListener(type: 'message', listener: (event: PairingEvent) => void): void;
}

/** What it reads of a message. */
export interface PairingEvent {
  readonly origin: string;
  readonly source: unknown;
  readonly data: unknown;
}

/** A window that may ask: the few names that even another origin's `WindowProxy` answers to (HTML §7.2.1.3). */
interface AskingWindow {
  readonly parent: unknown;
  readonly closed: boolean;
  postMessage(message: PairAnswer, targetOrigin: string, transfer: Transferable[]): void;
}

/** A frame that was just paired, and our end of its channel. */
export interface PairedFrame {
  readonly id: string;
  readonly role: PairRequest['role'];
  readonly port: MessagePort;
}

/** Who accepts, and what becomes of the accepted. */
export interface AcceptPairing {
  readonly window: PairingWindow;
  /** Our own document's id. */
  readonly coordinator: string;
  /** Our own origin, from the configuration. */
  readonly origin: string;
  /** Takes a frame; returns what to do when it is replaced or gone. */
  readonly accept: (frame: PairedFrame) => () => void;
}

interface Guest {
  readonly id: string;
  readonly leave: () => void;
}

/** Frames that one coordinator serves at a time; more are not answered (A44). */
const MOST_FRAMES = 200;

/**
 * Answers the frames beside the coordinator (step 3 of `messages.ts`).
 *
 * Invariants: one pair for a window, because a window shows one document at a time; one window for a frame id, so that
 * nobody can take over a frame's place. Windows that are gone make room.
 *
 * Security: only messages of our own origin, from another frame of our own parent, are read at all (A02, A05, A10); the
 * channel's port goes straight to the asking window, addressed to our own origin, and never to the page (A09).
 *
 * @returns the teardown, which lets go of every frame.
 */
export function acceptPairing({ window, coordinator, origin, accept }: AcceptPairing): () => void {
  const guests = new Map<AskingWindow, Guest>();
  const dismiss = (source: AskingWindow): void => {
    guests.get(source)?.leave();
    guests.delete(source);
  };
  const mayPair = (frame: string, source: AskingWindow): boolean => {
    for (const other of [...guests.keys()]) if (other.closed) dismiss(other);
    for (const [other, guest] of guests) if (guest.id === frame && other !== source) return false;
    return guests.has(source) || guests.size < MOST_FRAMES;
  };
  const receive = (event: PairingEvent): void => {
    if (event.origin !== origin || window.origin !== origin) return;
    if (!isBeside(event.source, window)) return;
    const request = decode(pairRequest, event.data);
    if (!request.ok || request.value.coordinator !== coordinator) return;
    const { frame, role } = request.value;
    if (!mayPair(frame, event.source)) return;
    dismiss(event.source);
    const { port1, port2 } = new MessageChannel();
    guests.set(event.source, { id: frame, leave: accept({ id: frame, role, port: port1 }) });
    event.source.postMessage({ cloister: 'paired', coordinator, frame }, origin, [port2]);
  };
  window.addEventListener('message', receive);
  return () => {
    window.removeEventListener('message', receive);
    for (const source of [...guests.keys()]) dismiss(source);
  };
}

function isBeside(source: unknown, window: PairingWindow): source is AskingWindow {
  if (typeof source !== 'object' || source === null || source === window) return false;
  return 'parent' in source && source.parent === window.parent;
}
