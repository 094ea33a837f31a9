import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Terminal } from '../terminal.js';

/** A folder that is gone after the test. */
export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cloister-cli-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A terminal that remembers. */
export function fakeTerminal(cwd: string): Terminal & {
  readonly printed: readonly string[];
  readonly noted: readonly string[];
  readonly end: () => void;
} {
  const printed: string[] = [];
  const noted: string[] = [];
  const controller = new AbortController();
  return {
    cwd,
    env: {},
    printed,
    noted,
    print: (line) => void printed.push(line),
    note: (line) => void noted.push(line),
    stop: controller.signal,
    end: () => {
      controller.abort();
    },
  };
}
