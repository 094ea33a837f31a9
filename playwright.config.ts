import { defineConfig } from '@playwright/test';
import { findChromium } from './scripts/browser.mjs';

const chromium = findChromium();

/** Chromium comes from the system (`scripts/browser.mjs`); servers are started by the fixtures, on free ports. */
export default defineConfig({
  testDir: 'test',
  testMatch: ['e2e/**/*.spec.ts', 'adversarial/**/*.spec.ts'],
  outputDir: 'test-results/artifacts',
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: Number(process.env['CLOISTER_EXPECT'] ?? 10_000) },
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  use: {
    browserName: 'chromium',
    launchOptions: chromium === undefined ? {} : { executablePath: chromium },
    // A trace of every test costs 15 % of the whole run; `npx playwright test --trace on` makes one where it is needed.
    trace: 'off',
  },
});
