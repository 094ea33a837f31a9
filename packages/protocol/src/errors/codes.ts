/** Who can do something about an error. */
export type ErrorOwner = 'shopper' | 'integrator' | 'operator';

/** One row of the table of codes. */
export interface ErrorEntry {
  readonly message: string;
  /** Whether the same call may succeed when it is simply made again. */
  readonly retryable: boolean;
  readonly owner: ErrorOwner;
}

/** Every error that leaves Cloister has one of these codes; `docs/errors.md` is generated from this table. */
export const ERRORS = {
  csp: {
    message: "The page's Content-Security-Policy does not let the elements origin be framed: add it to frame-src.",
    retryable: false,
    owner: 'integrator',
  },
  blocked: {
    message: 'The frame did not start: the elements origin is unreachable, or an extension or proxy blocked it.',
    retryable: true,
    owner: 'shopper',
  },
  timeout: {
    message: 'The frame did not answer in time.',
    retryable: true,
    owner: 'shopper',
  },
  version: {
    message:
      'The bridge and the frame speak different versions: update the bridge, or reload the page after a deployment.',
    retryable: false,
    owner: 'integrator',
  },
  origin: {
    message: 'The elements origin does not accept this page: add its exact origin to hosts in cloister.config.',
    retryable: false,
    owner: 'integrator',
  },
  unsupported: {
    message: 'This browser or this way of embedding lacks something the frame needs to be safe, so it did not start.',
    retryable: false,
    owner: 'shopper',
  },
  collection: {
    message: 'The configuration of the elements origin has no collection of that name.',
    retryable: false,
    owner: 'integrator',
  },
  field: {
    message: 'The collection has no field of that name, or the field is mounted twice.',
    retryable: false,
    owner: 'integrator',
  },
  appearance: {
    message: 'The appearance holds a part, property or value that is not on the list.',
    retryable: false,
    owner: 'integrator',
  },
  message: {
    message: 'A message did not fit the contract between page and frame.',
    retryable: false,
    owner: 'integrator',
  },
  invalid: {
    message: 'Not all fields are valid; the fields show what is missing.',
    retryable: true,
    owner: 'shopper',
  },
  unmounted: {
    message: 'The field or value is not mounted.',
    retryable: false,
    owner: 'integrator',
  },
  destroyed: {
    message: 'This object was destroyed.',
    retryable: false,
    owner: 'integrator',
  },
  busy: {
    message: 'A submit of this form is still under way.',
    retryable: true,
    owner: 'integrator',
  },
  session: {
    message: 'The session callback threw, or did not return a session token.',
    retryable: true,
    owner: 'integrator',
  },
  unauthorized: {
    message: 'The vault does not accept the session: it is unknown, used up, expired, or bound to another key.',
    retryable: false,
    owner: 'integrator',
  },
  forbidden: {
    message: 'The session does not allow this.',
    retryable: false,
    owner: 'integrator',
  },
  rejected: {
    message: 'The vault refused a value: the configuration of the elements origin and of the vault differ.',
    retryable: false,
    owner: 'operator',
  },
  conflict: {
    message: 'The same request is under way, or its key was used for other values.',
    retryable: true,
    owner: 'integrator',
  },
  'not-found': {
    message: 'No such token, or it may not be seen with this session.',
    retryable: false,
    owner: 'integrator',
  },
  'rate-limited': {
    message: 'Too many requests; wait before the next.',
    retryable: true,
    owner: 'shopper',
  },
  offline: {
    message: 'The vault could not be reached. What was typed is kept.',
    retryable: true,
    owner: 'shopper',
  },
  unavailable: {
    message: 'The vault cannot answer now. What was typed is kept.',
    retryable: true,
    owner: 'operator',
  },
  unpaired: {
    message: 'A frame lost its link to the coordinator; mount it again.',
    retryable: true,
    owner: 'integrator',
  },
  hidden: {
    message: 'The value was not shown because its frame cannot be seen.',
    retryable: true,
    owner: 'shopper',
  },
  internal: {
    message: 'Something unexpected failed. No value was sent.',
    retryable: false,
    owner: 'operator',
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;

/** The closed set of error codes. */
export type ErrorCode = keyof typeof ERRORS;

/** Whether a text is one of the codes. */
export function isErrorCode(text: unknown): text is ErrorCode {
  return typeof text === 'string' && Object.hasOwn(ERRORS, text);
}
