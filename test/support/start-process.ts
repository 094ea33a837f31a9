import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A program that runs. */
export interface Running {
  /** The first line that it printed. */
  readonly line: string;
  /** What it said about its work (standard error), so far. */
  readonly noted: readonly string[];
  /** Asks it to end, as Ctrl-C does, and waits until it has. */
  stop(): Promise<void>;
}

/** Runs one of our programs with this Node; resolves when it has printed a line. */
export async function startProcess(args: readonly string[]): Promise<Running> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const noted: string[] = [];
  createInterface(child.stderr).on('line', (line) => {
    noted.push(line);
    process.stderr.write(`${line}\n`);
  });
  const ended = once(child, 'exit');
  const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), ended])) as readonly unknown[];
  if (typeof line !== 'string') throw new Error(`${args.join(' ')} ended before it began`);
  return {
    line,
    noted,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
