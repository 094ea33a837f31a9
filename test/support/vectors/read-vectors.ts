import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { VectorResult, VectorSuites } from './run-vectors.js';

/** Where a file's vectors are from, and what of them is here. */
export interface VectorSource {
  readonly primitive: string;
  readonly source: { readonly repository: string; readonly file: string; readonly commit: string };
  /** How many the source has. */
  readonly inSource: number;
  readonly leftOut: string;
}

/** The vectors that are run, by what they are for; each a file of `test/vectors/wycheproof/`. */
export const VECTOR_FILES: Readonly<Record<keyof VectorSuites, string>> = {
  seal: 'aes-256-gcm.json',
  signature: 'ecdsa-p256-sha256.json',
  mac: 'hmac-sha256.json',
  derive: 'hkdf-sha256.json',
};

export type Described = { readonly [K in keyof VectorSuites]: VectorSuites[K] & VectorSource };

const FOLDER = new URL('../../vectors/wycheproof/', import.meta.url);

/** The files as they are, by name of suite. */
export async function readVectors(): Promise<Described> {
  const entries = Object.entries(VECTOR_FILES).map(async ([suite, file]): Promise<[string, unknown]> => [
    suite,
    JSON.parse(await readFile(fileURLToPath(new URL(file, FOLDER)), 'utf8')),
  ]);
  // The data is ours; every row of it is used by the runs that this file feeds.
  return Object.fromEntries(await Promise.all(entries)) as unknown as Described;
}

/** How many vectors of each suite there are to run. */
export const sizesOf = (suites: VectorSuites): Readonly<Record<keyof VectorSuites, number>> => ({
  seal: suites.seal.tests.length,
  signature: suites.signature.groups.reduce((sum, { tests }) => sum + tests.length, 0),
  mac: suites.mac.tests.length,
  derive: suites.derive.tests.length,
});

/** What a run must answer when every vector does what it says and none was left out. */
export function allPassed(suites: VectorSuites): VectorResult {
  const clean = (passed: number) => ({ passed, failed: [], skipped: [] });
  const { seal, signature, mac, derive } = sizesOf(suites);
  return { seal: clean(seal), signature: clean(signature), mac: clean(mac), derive: clean(derive) };
}
