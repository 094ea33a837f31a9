/** Why this exists: the guards that tests are seen to miss, as data; `test/weakened/weaknesses.json` is their list. */
import { readFileSync } from 'node:fs';

/** @returns {readonly import('./build.mjs').Weakness[]} */
export function readWeaknesses() {
  return JSON.parse(readFileSync(new URL('../../test/weakened/weaknesses.json', import.meta.url), 'utf8'));
}

/** @param {string} name @returns {import('./build.mjs').Weakness} */
export function readWeakness(name) {
  const found = readWeaknesses().find((weakness) => weakness.name === name);
  if (found === undefined) throw new Error(`there is no weakness "${name}"`);
  return found;
}
