import type { configSchema, Infer } from '@cloister/protocol';

/** What a `cloister.config` file holds, before defaults are filled in. */
export type ConfigFile = Infer<typeof configSchema>;

/** The names that are looked for in a folder, first found first taken. */
export const CONFIG_NAMES = [
  'cloister.config.json',
  'cloister.config.ts',
  'cloister.config.mts',
  'cloister.config.mjs',
] as const;
