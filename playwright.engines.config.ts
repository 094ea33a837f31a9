import { defineConfig } from '@playwright/test';
import { ENGINES } from './scripts/lib/engines.mjs';

/** The same specs in three engines; a project's name says which. The engines are driven by `test/support/engines`. */
export default defineConfig({
  testDir: 'test/engines',
  outputDir: 'test-results/engines-artifacts',
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/engines.json' }]],
  projects: ENGINES.map((name) => ({ name })),
});
