import type { Terminal } from '../terminal.js';

/** One option of a command. */
export interface CommandOption {
  readonly type: 'string' | 'boolean';
  /** How the value is called in the help. */
  readonly value?: string;
  /** Also said in the help. */
  readonly default?: string;
  readonly about: string;
}

/** What was typed, by option name. */
export type Arguments = Readonly<Record<string, string | boolean | undefined>>;

/** One row of the command table. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** The one word that stands without a `--`, where there is one. */
  readonly operand?: {
    readonly name: string;
    readonly about: string;
    /** Whether the command works without it. Default: false. */
    readonly optional?: true;
  };
  readonly options: Readonly<Record<string, CommandOption>>;
  /** @throws CliFailure with a code and the way to mend it. */
  readonly run: (args: Arguments, terminal: Terminal) => Promise<void>;
}
