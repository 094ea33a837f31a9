/**
 * Why this exists: `rollup -c` builds; this also remembers that it succeeded, so that the next start need not build.
 * Further arguments go to rollup.
 */
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { startBuild } from './lib/build-stamp.mjs';
import { command } from './lib/command.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ROLLUP = fileURLToPath(new URL('../node_modules/rollup/dist/bin/rollup', import.meta.url));

const finish = startBuild(ROOT);
const started = process.hrtime.bigint();
const shards = Math.min(4, availableParallelism());
const results = await Promise.all(Array.from({ length: shards }, (_, shard) => rollup(`${shard}/${shards}`)));
const code = Math.max(...results.map((result) => result.code));
if (code === 0) {
  finish();
  console.log(`built in ${Number((process.hrtime.bigint() - started) / 100_000_000n) / 10} s`);
}
process.exitCode = code;

function rollup(shard) {
  const args = [ROLLUP, '-c', '--silent', '--configShard', shard, ...process.argv.slice(2)];
  return command(process.execPath, args, { cwd: ROOT });
}
