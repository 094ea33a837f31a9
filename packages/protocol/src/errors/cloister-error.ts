import { ERROR_CODES, type ErrorCode } from './codes.js';
import { CodedError } from './coded-error.js';

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
  /** The paragraph that says what happened and what to do. The words stay out of the page: they weigh 1 kB gzip. */
  readonly docs: string;

  constructor(code: ErrorCode, hint?: string) {
    const docs = `${ERROR_DOCS}#${code}`;
    super(code, hint, `${code}${hint === undefined ? '' : ` (${hint})`}: see ${docs}`);
    this.retryable = ERROR_CODES[code];
    this.docs = docs;
  }
}
