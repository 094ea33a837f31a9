import type { ErrorCode } from './codes.js';

/** Who can do something about an error. */
export type ErrorOwner = 'shopper' | 'integrator' | 'operator';

/** One row of the table. */
export interface ErrorEntry {
  readonly message: string;
  readonly owner: ErrorOwner;
}

/** What each code means, to people; `docs/errors.md` is generated from this table. Frames carry codes only. */
export const ERRORS = {
  csp: {
    message: "The page's Content-Security-Policy does not let the elements origin be framed: add it to frame-src.",
    owner: 'integrator',
  },
  blocked: {
    message: 'The frame did not start: the elements origin is unreachable, or an extension or proxy blocked it.',
    owner: 'shopper',
  },
  timeout: {
    message: 'The frame did not answer in time.',
    owner: 'shopper',
  },
  version: {
    message:
      'The bridge and the frame speak different versions: update the bridge, or reload the page after a deployment.',
    owner: 'integrator',
  },
  origin: {
    message: 'The elements origin does not accept this page: add its exact origin to hosts in cloister.config.',
    owner: 'integrator',
  },
  unsupported: {
    message: 'This browser or this way of embedding lacks something the frame needs to be safe, so it did not start.',
    owner: 'shopper',
  },
  collection: {
    message: 'The configuration of the elements origin has no collection of that name.',
    owner: 'integrator',
  },
  field: {
    message: 'The collection has no field of that name, or the field is mounted twice.',
    owner: 'integrator',
  },
  appearance: {
    message: 'The appearance holds a part, property or value that is not on the list.',
    owner: 'integrator',
  },
  message: {
    message: 'A message did not fit the contract between page and frame.',
    owner: 'integrator',
  },
  invalid: {
    message: 'Not all fields are valid; the fields show what is missing.',
    owner: 'shopper',
  },
  unmounted: {
    message: 'The field or value is not mounted.',
    owner: 'integrator',
  },
  destroyed: {
    message: 'This object was destroyed.',
    owner: 'integrator',
  },
  busy: {
    message: 'A submit of this form is still under way.',
    owner: 'integrator',
  },
  session: {
    message: 'The session callback threw, or did not return a session token.',
    owner: 'integrator',
  },
  unauthorized: {
    message: 'The vault does not accept the session: it is unknown, used up, expired, or bound to another key.',
    owner: 'integrator',
  },
  forbidden: {
    message: 'The session does not allow this, or the configuration of the elements origin does not.',
    owner: 'integrator',
  },
  rejected: {
    message: 'The vault refused a value: the configuration of the elements origin and of the vault differ.',
    owner: 'operator',
  },
  conflict: {
    message: 'The same request is under way, or its key was used for other values.',
    owner: 'integrator',
  },
  'not-found': {
    message: 'No such token, or it may not be seen with this session.',
    owner: 'integrator',
  },
  'rate-limited': {
    message: 'Too many requests; wait before the next.',
    owner: 'shopper',
  },
  offline: {
    message: 'The vault could not be reached. What was typed is kept.',
    owner: 'shopper',
  },
  unavailable: {
    message: 'The vault cannot answer now. What was typed is kept.',
    owner: 'operator',
  },
  unpaired: {
    message: 'A frame lost its link to the coordinator; mount it again.',
    owner: 'integrator',
  },
  hidden: {
    message:
      'The value is not shown because its frame cannot be seen: it is covered, faded, transformed or out of sight.',
    owner: 'shopper',
  },
  internal: {
    message: 'Something unexpected failed. No value was sent.',
    owner: 'operator',
  },
} as const satisfies Readonly<Record<ErrorCode, ErrorEntry>>;
