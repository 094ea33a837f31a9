/** Every error that leaves Cloister has one of these codes; the value says whether the same call may succeed when made again. */
export const ERROR_CODES = {
  csp: false,
  blocked: true,
  timeout: true,
  version: false,
  origin: false,
  unsupported: false,
  collection: false,
  field: false,
  appearance: false,
  message: false,
  invalid: true,
  unmounted: false,
  destroyed: false,
  busy: true,
  session: true,
  // Each submit and show asks for a session anew.
  unauthorized: true,
  forbidden: false,
  rejected: false,
  conflict: true,
  'not-found': false,
  'rate-limited': true,
  offline: true,
  unavailable: true,
  unpaired: true,
  hidden: true,
  internal: false,
} as const satisfies Readonly<Record<string, boolean>>;

/** The closed set of error codes. */
export type ErrorCode = keyof typeof ERROR_CODES;

/** Whether a text is one of the codes. */
export function isErrorCode(text: unknown): text is ErrorCode {
  return typeof text === 'string' && Object.hasOwn(ERROR_CODES, text);
}
