import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (name: string): string => fileURLToPath(new URL(`packages/${name}/src/index.ts`, import.meta.url));

export default defineConfig({
  resolve: {
    alias: Object.fromEntries(
      ['protocol', 'fields', 'elements', 'bridge', 'vault', 'csp', 'cli'].map((name) => [
        `@cloister/${name}`,
        source(name),
      ]),
    ),
  },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'examples/*/src/**/*.test.ts', 'test/unit/**/*.test.ts'],
    testTimeout: 20_000,
    // By itself it leaves one core idle, which is half of a small machine.
    maxWorkers: availableParallelism(),
  },
});
