import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** A program beside the tests. */
export interface Helper {
  stop(): Promise<void>;
}

/** The helper's life ends with its process, however long that takes. */
export function helperOf(child: ChildProcess): Helper {
  const ended = once(child, 'exit');
  return {
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** An X display that nobody sees, on the first free number; the server writes the number when it is ready. */
export async function openDisplay(server: string): Promise<Helper & { readonly display: string }> {
  const options = ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'];
  const child = spawn(server, options, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const helper = helperOf(child);
  const lines = createInterface(child.stdio[3] as Readable);
  const [number] = (await Promise.race([once(lines, 'line'), once(child, 'exit')])) as readonly unknown[];
  if (typeof number !== 'string') throw new Error('the display was not opened');
  return { ...helper, display: `:${number}` };
}
