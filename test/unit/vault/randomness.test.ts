import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { randomId as randomBridgeId } from '../../../packages/bridge/src/random-id.js';
import { randomId as randomFrameId } from '../../../packages/elements/src/connection/random-id.js';
import { createKey } from '../../../packages/elements/src/coordinator/key.js';

const PACKAGES = fileURLToPath(new URL('../../../packages/', import.meta.url));
const WEAK = /Math\s*(?:\.|\?\.|\[\s*['"`])\s*random|pseudoRandomBytes|Date\.now\(\)\.toString\(36\)/u;

/** What runs at users: sources of all packages, without their tests. */
const sources = (): readonly string[] =>
  readdirSync(PACKAGES).flatMap((name) =>
    readdirSync(join(PACKAGES, name, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !/\.test\.ts$|\.contract\.ts$|test-support/u.test(path))
      .map((path) => join(PACKAGES, name, 'src', path)),
  );

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('randomness', () => {
  it.each(['Math.random()', "Math['random']()", 'Math?.random()', 'crypto.pseudoRandomBytes(8)'])(
    'A101 the search would find %s',
    (text) => {
      expect(text).toMatch(WEAK);
    },
  );

  it('A101 no package has a weak source', () => {
    const all = sources();
    expect(all.length).toBeGreaterThan(100);
    expect(all.filter((path) => WEAK.test(readFileSync(path, 'utf8')))).toEqual([]);
  });

  it.each([
    ['the bridge makes no id', randomBridgeId],
    ['a frame makes no id', randomFrameId],
  ])('A101 %s without `crypto`, rather than a weak one', (_title, make) => {
    expect(make()).not.toBe(make());
    vi.stubGlobal('crypto', undefined);
    expect(() => make()).toThrow(TypeError);
    vi.stubGlobal('crypto', {});
    expect(() => make()).toThrow(TypeError);
  });

  it('A101 the coordinator makes no key without `crypto`', async () => {
    await expect(createKey({} as SubtleCrypto)).rejects.toMatchObject({ code: 'unsupported' });
    expect((await createKey(crypto.subtle)).thumbprint).toHaveLength(43);
  });
});
