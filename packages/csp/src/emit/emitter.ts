import type { HeaderRule } from '../needs/headers.js';

/** Something that a target cannot carry, or not as it stands. */
export interface Lost {
  /** A header or directive. */
  readonly name: string;
  readonly why: string;
  /** Where it can be set instead. */
  readonly instead: string;
}

/** What an emitter writes. */
export interface Emission {
  /** Where it belongs, as people know it: `nginx.conf`, `next.config.mjs`, `_headers`. */
  readonly file: string;
  readonly text: string;
  readonly lost: readonly Lost[];
}

/** Writes headers down for one kind of server. Pure: text out of data. */
export interface Emitter {
  /** As it is called on the command line. */
  readonly id: string;
  /** As people call it. */
  readonly title: string;
  /** Whether it can send a fresh nonce in each answer. */
  readonly nonces: boolean;
  /** One command that shows, by the served answer and not by the file, that it works. */
  readonly verify: string;
  /** @throws TypeError when a value wants a nonce that the target cannot make. */
  readonly emit: (rules: readonly HeaderRule[]) => Emission;
}
