import { fileURLToPath } from 'node:url';
import { startProcess } from './start-process.js';

const CLI = fileURLToPath(new URL('../../packages/cli/dist/cli.js', import.meta.url));

/** Runs `cloister serve` over a folder, on a free port. */
export async function serveFolder(folder: string): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const { line, stop } = await startProcess([CLI, 'serve', '--dir', folder, '--port', '0', '--json']);
  const { url } = JSON.parse(line) as { readonly url: string };
  return { port: Number(new URL(url).port), stop };
}
