import { blocksOf, ASK_SERVER } from './blocks.js';
import type { Emission, Emitter } from './emitter.js';

/** The rules as they are, for programs. Whoever reads them puts a fresh nonce where `{nonce}` stands. */
export const json: Emitter = {
  id: 'json',
  title: 'JSON',
  nonces: true,
  verify: ASK_SERVER,
  emit: (rules): Emission => {
    // Refuses what no server could send.
    blocksOf(rules);
    return { file: 'headers.json', text: `${JSON.stringify(rules, undefined, 2)}\n`, lost: [] };
  },
};
