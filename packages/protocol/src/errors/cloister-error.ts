import { ERRORS, type ErrorCode } from './codes.js';

/** Where the table of codes is explained. */
export const ERROR_DOCS = 'https://github.com/cloister-js/cloister/blob/main/docs/errors.md';

/**
 * Every failure that an integrator can meet at run time. Misuse of the API is a synchronous `TypeError` instead.
 *
 * Security: carries a code, never a value, a response text or a stack of another origin. Recognise it by `code`.
 */
export class CloisterError extends Error {
  override readonly name = 'CloisterError';
  readonly code: ErrorCode;
  /** Whether the same call may succeed when it is made again. */
  readonly retryable: boolean;
  /** The paragraph that says what to do. */
  readonly docs: string;
  /** A hint made from public facts only, e.g. the directive to add or the JSON Pointer of a refused option. */
  readonly hint: string | undefined;

  constructor(code: ErrorCode, hint?: string) {
    super(hint === undefined ? ERRORS[code].message : `${ERRORS[code].message} (${hint})`);
    this.code = code;
    this.retryable = ERRORS[code].retryable;
    this.docs = `${ERROR_DOCS}#${code}`;
    this.hint = hint;
  }
}
