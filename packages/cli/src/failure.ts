/** Why a command did not do what was asked. */
export type FailureCode =
  | 'usage'
  | 'config'
  | 'exists'
  | 'port'
  | 'loopback'
  | 'folder'
  | 'runtime'
  | 'key'
  | 'manifest'
  | 'unreachable'
  | 'browser'
  | 'differs';

/** 2 is the convention for misuse of a command line (bash, getopt); a configuration of its own number is easy to script. */
const EXIT_CODES: Readonly<Record<FailureCode, number>> = {
  usage: 2,
  config: 3,
  exists: 1,
  port: 1,
  loopback: 1,
  folder: 1,
  runtime: 1,
  // A finding is 1; what keeps `verify-served` from finding out is 2, so that a schedule can tell them apart.
  differs: 1,
  key: 2,
  manifest: 2,
  unreachable: 2,
  browser: 2,
};

/**
 * A failure that the person at the terminal can mend. Its message says what is wrong and what to do; it is shown without
 * a stack.
 */
export class CliFailure extends Error {
  override readonly name = 'CliFailure';
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string) {
    super(message);
    this.code = code;
  }

  /** What the process answers to its shell. */
  get exitCode(): number {
    return EXIT_CODES[this.code];
  }
}
