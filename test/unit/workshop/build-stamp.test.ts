import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isBuildStale, startBuild } from '../../../scripts/lib/build-stamp.mjs';

describe('whether to build', () => {
  const later = new Date(Date.now() + 60_000);
  const earlier = new Date(Date.now() - 60_000);
  let root: string;
  const path = (...parts: readonly string[]): string => join(root, 'packages/protocol', ...parts);
  const touch = (file: string, time: Date): void => utimesSync(file, time, time);

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'cloister-stamp-'));
    mkdirSync(path('src'), { recursive: true });
    mkdirSync(path('dist'));
    writeFileSync(path('src', 'a.ts'), '');
    for (const file of [path('src', 'a.ts'), path('src'), join(root, 'packages')]) touch(file, earlier);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('is yes when nothing was ever built', () => {
    expect(isBuildStale(root)).toBe(true);
  });

  it('is no after a build that succeeded', () => {
    startBuild(root)();
    expect(isBuildStale(root)).toBe(false);
  });

  it('is yes after a build that failed', () => {
    startBuild(root)();
    startBuild(root);
    expect(isBuildStale(root)).toBe(true);
  });

  it.each([
    ['a source changed', () => touch(path('src', 'a.ts'), later)],
    ['a source was removed', () => touch(path('src'), later)],
    ['what was built is gone', () => rmSync(path('dist'), { recursive: true })],
  ])('is yes when %s', (_title, change) => {
    startBuild(root)();
    change();
    expect(isBuildStale(root)).toBe(true);
  });

  it('does not mind that building itself changes folders', () => {
    startBuild(root)();
    touch(path(), later);
    touch(path('dist'), later);
    expect(isBuildStale(root)).toBe(false);
  });
});
