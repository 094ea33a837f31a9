import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import type { Front } from './front.js';

const run = promisify(execFile);
const PATIENCE = 10_000;

/** A program with its arguments. */
export type Command = readonly [program: string, ...args: string[]];

/** Has the server's own checker read a configuration. @throws Error with what it said. */
export async function check([program, ...args]: Command, env: Readonly<Record<string, string>>): Promise<void> {
  await run(program, args, { env: { ...process.env, ...env } });
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (reached: boolean): void => {
      socket.destroy();
      resolve(reached);
    };
    socket.once('connect', () => {
      end(true);
    });
    socket.once('error', () => {
      end(false);
    });
  });

/** Starts a server that stays in the foreground, and waits until its port is open. */
export async function runProgram(
  [program, ...args]: Command,
  { port, env }: { readonly port: number; readonly env: Readonly<Record<string, string>> },
): Promise<Front> {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } });
  const ended = once(child, 'exit');
  const said: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk));
  const until = Date.now() + PATIENCE;
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > until) {
      child.kill('SIGKILL');
      throw new Error(`${program} did not open port ${String(port)}: ${Buffer.concat(said).toString('utf8')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return {
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
