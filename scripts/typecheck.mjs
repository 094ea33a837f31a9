/**
 * Why this exists: every package is checked with its own libraries (a pure package knows no DOM), so there are many small
 * programs; this finds them all, so that a new one cannot be forgotten, and runs as many at once as there are cores.
 */
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command } from './lib/command.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');

// The program of all tests is the longest: it goes first.
const projects = ['tsconfig.test.json', ...['packages', 'examples'].flatMap(projectsBelow)];
const queue = [...projects];
let failed = 0;
await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker));
console.log(`${projects.length} programs, ${failed} with errors`);
process.exitCode = failed === 0 ? 0 : 1;

function projectsBelow(folder) {
  return readdirSync(join(ROOT, folder)).flatMap((name) =>
    readdirSync(join(ROOT, folder, name))
      .filter((file) => file.startsWith('tsconfig') && file.endsWith('.json'))
      .map((file) => join(folder, name, file)),
  );
}

async function worker() {
  for (let project = queue.shift(); project !== undefined; project = queue.shift()) {
    const { code, output } = await command(process.execPath, [TSC, '-p', project], { cwd: ROOT, stdio: 'pipe' });
    if (code === 0) continue;
    failed += 1;
    process.stderr.write(`${project}\n${output}`);
  }
}
