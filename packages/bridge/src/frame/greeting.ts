import {
  anyOf,
  decode,
  hello,
  PROTOCOL_VERSION,
  refusal,
  type ErrorCode,
  type FrameRole,
  type Hello,
} from '@cloister/protocol';

/** What a message from a frame's window means for its handshake. */
export type Greeting =
  | ({ readonly kind: 'hello' } & Pick<Hello, 'frame' | 'build' | 'drawn'>)
  /** One of ours, but of another build than this page has met. */
  | { readonly kind: 'stranger' }
  | { readonly kind: 'failure'; readonly code: ErrorCode }
  | { readonly kind: 'noise' };

/** What the bridge waits for. */
export interface Expectation {
  readonly role: FrameRole;
  /** The build that this client met first. One page never talks to two builds: their frames could not talk to each other. */
  readonly build: string | undefined;
}

const greeting = anyOf([hello, refusal]);
const noise: Greeting = { kind: 'noise' };
const failure = (code: ErrorCode): Greeting => ({ kind: 'failure', code });

/** Looks only at the two members that every version of the contract has, so that old and new frames are told apart. */
function isForeignHello(data: unknown): boolean {
  if (typeof data !== 'object' || data === null || !('cloister' in data) || data.cloister !== 'hello') return false;
  return 'protocol' in data && data.protocol !== PROTOCOL_VERSION;
}

/** Reads a message whose source and origin were checked before. */
export function readGreeting(data: unknown, expected: Expectation): Greeting {
  if (isForeignHello(data)) return failure('version');
  const decoded = decode(greeting, data);
  if (!decoded.ok) return noise;
  const message = decoded.value;
  if (message.cloister === 'refusal') return failure(message.code);
  if (message.role !== expected.role) return failure('message');
  if (expected.build !== undefined && message.build !== expected.build) return { kind: 'stranger' };
  return { ...message, kind: 'hello' };
}
