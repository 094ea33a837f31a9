import { vi } from 'vitest';

/** Runs of one law: seconds for all of them together. A soak sets `FUZZ_RUNS`, e.g. to 100000. */
export const RUNS = Number(process.env['FUZZ_RUNS'] ?? 1000);

/** The same for laws whose single run costs a signature or a decryption. */
export const COSTLY_RUNS = Math.ceil(RUNS / 4);

vi.setConfig({ testTimeout: 20_000 + 20 * RUNS });
