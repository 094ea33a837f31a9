import { ERROR_CODES, type ErrorCode } from './codes.js';
import { CodedError } from './coded-error.js';
import { ERRORS } from './error-table.js';

/** Where the table of codes is explained. */
export const ERROR_DOCS = 'https://github.com/cloister-js/cloister/blob/main/docs/errors.md';

/**
 * Every failure that an integrator can meet at run time. Misuse of the API is a synchronous `TypeError` instead.
 *
 * Security: carries a code, never a value, a response text or a stack of another origin. Recognise it by `code`.
 */
export class CloisterError extends CodedError {
  override readonly name = 'CloisterError';
  /** Whether the same call may succeed when it is made again. */
  readonly retryable: boolean;
  /** The paragraph that says what to do. */
  readonly docs: string;

  constructor(code: ErrorCode, hint?: string) {
    super(code, hint, hint === undefined ? ERRORS[code].message : `${ERRORS[code].message} (${hint})`);
    this.retryable = ERROR_CODES[code];
    this.docs = `${ERROR_DOCS}#${code}`;
  }
}
