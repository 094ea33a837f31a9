/**
 * Why this exists: `npm run check` and `npm test` do the same steps in the same order; the order is here. What only reads
 * the sources comes first, two at a time; then the build, and what looks at it, which says nothing when the build failed.
 */
import { command, npm } from './command.mjs';

const READING = [
  { script: 'lint' },
  { script: 'typecheck' },
  { script: 'format:check' },
  { script: 'deps' },
  { script: 'knip' },
  { script: 'lock' },
  { script: 'attacks:check' },
];
const BUILDING = [
  { script: 'build' },
  { script: 'docs:check', needsBuild: true },
  { script: 'size', needsBuild: true },
  { script: 'bleed', needsBuild: true },
  { script: 'package', needsBuild: true },
];

/**
 * Runs one script of the root package.
 * @param {string} script
 * @param {{ readonly args?: readonly string[], readonly beside?: boolean }} [options] beside: others run at the same time, so that
 * its output is kept until it has ended.
 * @returns {Promise<boolean>} whether it succeeded.
 */
export async function runScript(script, { args = [], beside = false } = {}) {
  const started = performance.now();
  const heading = `\n── ${script} `.padEnd(72, '─');
  if (!beside) console.log(heading);
  const [program, ...first] = npm();
  const words = [...first, 'run', '--silent', script, ...(args.length > 0 ? ['--', ...args] : [])];
  const { code, output } = await command(program, words, beside ? { stdio: ['ignore', 'pipe', 'pipe'] } : {});
  if (beside) console.log(`${heading}\n${output.trimEnd()}`);
  console.log(`${code === 0 ? 'ok' : 'FAILED'}  ${script}  ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return code === 0;
}

/**
 * Runs all checks to the end.
 * @returns {Promise<{ passed: string[], failed: string[], built: boolean }>} the scripts' names.
 */
export async function runChecks() {
  const passed = [];
  const failed = [];
  const queue = [...READING];
  const lane = async () => {
    for (let check = queue.shift(); check !== undefined; check = queue.shift())
      ((await runScript(check.script, { beside: true })) ? passed : failed).push(check.script);
  };
  await Promise.all([lane(), lane()]);
  for (const { script, needsBuild = false } of BUILDING) {
    const succeeded = needsBuild && failed.includes('build') ? skipped(script) : await runScript(script);
    (succeeded ? passed : failed).push(script);
  }
  return { passed, failed, built: passed.includes('build') };
}

function skipped(script) {
  console.log(`\nFAILED  ${script}: nothing to look at, the build failed`);
  return false;
}
