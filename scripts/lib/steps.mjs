/**
 * Why this exists: `npm run check` and `npm test` do the same steps in the same order; the order is here. Cheap and
 * telling ones come first; `needsBuild` ones say nothing when the build failed.
 */
import { command, npm } from './command.mjs';

export const CHECKS = [
  { script: 'format:check' },
  { script: 'lint' },
  { script: 'typecheck' },
  { script: 'deps' },
  { script: 'knip' },
  { script: 'lock' },
  { script: 'attacks:check' },
  { script: 'build' },
  { script: 'docs:check', needsBuild: true },
  { script: 'size', needsBuild: true },
  { script: 'bleed', needsBuild: true },
  { script: 'package', needsBuild: true },
];

/**
 * Runs one script of the root package.
 * @param {string} script
 * @param {readonly string[]} [args]
 * @returns {Promise<boolean>} whether it succeeded.
 */
export async function runScript(script, args = []) {
  const started = performance.now();
  console.log(`\n── ${script} `.padEnd(72, '─'));
  const [program, ...first] = npm();
  const { code } = await command(program, [
    ...first,
    'run',
    '--silent',
    script,
    ...(args.length > 0 ? ['--', ...args] : []),
  ]);
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
  for (const { script, needsBuild = false } of CHECKS) {
    const succeeded = needsBuild && failed.includes('build') ? skipped(script) : await runScript(script);
    (succeeded ? passed : failed).push(script);
  }
  return { passed, failed, built: passed.includes('build') };
}

function skipped(script) {
  console.log(`\nFAILED  ${script}: nothing to look at, the build failed`);
  return false;
}
