import type { ErrorCode } from './codes.js';

/**
 * A failure inside our own code, on its way to whoever asked. It has a code and no words: frames must stay small, and
 * nothing but the code crosses a boundary.
 */
export class CodedError extends Error {
  readonly code: ErrorCode;
  /** A hint made from public facts only, e.g. the directive to add or the JSON Pointer of a refused option. */
  readonly hint: string | undefined;

  constructor(code: ErrorCode, hint?: string, message: string = code) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}
