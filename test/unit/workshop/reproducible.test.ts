import { describe, expect, it } from 'vitest';
import { treeDifferences } from '../../../scripts/reproducible.mjs';

describe('two builds', () => {
  const built = new Map([
    ['packages/bridge/dist/index.js', 'hash one'],
    ['packages/bridge/dist/cloister.js', 'hash two'],
  ]);

  it('are the same when every file is', () => {
    expect(treeDifferences(built, new Map([...built].reverse()))).toEqual([]);
  });

  it('A104 are not when one byte, or one file, is not', () => {
    const other = new Map([
      ['packages/bridge/dist/index.js', 'hash three'],
      ['packages/bridge/dist/new.js', 'hash four'],
    ]);
    expect(treeDifferences(built, other)).toEqual([
      'packages/bridge/dist/cloister.js is only in the first',
      'packages/bridge/dist/index.js differs',
      'packages/bridge/dist/new.js is only in the second',
    ]);
  });
});
