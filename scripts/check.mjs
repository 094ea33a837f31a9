/**
 * Why this exists: `npm run check` says everything that is wrong at once, in the order in which the tests will say it.
 */
import { runChecks } from './lib/steps.mjs';

const { passed, failed } = await runChecks();
console.log(
  `\n${passed.length} checks passed, ${failed.length} failed${failed.length > 0 ? `: ${failed.join(', ')}` : ''}`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
