import { describe, expect, it } from 'vitest';
import { attacksPage } from '../../../scripts/attacks/page.mjs';
import {
  idsOf,
  outcomesOfPlaywright,
  outcomesOfVitest,
  proofsFrom,
  vanished,
} from '../../../scripts/attacks/proofs.mjs';
import { weaken } from '../../../scripts/weakened/build.mjs';

const vitest = (status: string, title: string, ancestors: readonly string[] = []): object => ({
  testResults: [{ name: '/project/a.test.ts', assertionResults: [{ ancestorTitles: ancestors, title, status }] }],
});

const playwright = (status: string, title: string, projectName = ''): object => ({
  config: { rootDir: '/project/test' },
  suites: [
    {
      title: 'b.spec.ts',
      file: 'b.spec.ts',
      suites: [
        {
          title: 'a theme',
          file: 'b.spec.ts',
          specs: [
            {
              title,
              file: 'b.spec.ts',
              tests: [{ projectName, status, annotations: [{ type: 'skip', description: 'why not' }] }],
            },
          ],
        },
      ],
    },
  ],
});

describe('claims in titles', () => {
  it.each([
    ['A01 does', ['A01']],
    ['T01 A15 A105 does', ['T01', 'A15', 'A105']],
    ['does A01', []],
    ['A1 does', []],
    ['A01', ['A01']],
  ])('%s claims %j', (title, ids) => {
    expect(idsOf(title)).toEqual(ids);
  });

  it('may stand on a group, and the own ones of a test come first', () => {
    const outcomes = outcomesOfVitest(vitest('passed', 'holds', ['A80 counting']), '/project');
    expect(outcomes).toEqual([{ file: 'a.test.ts', title: 'A80 counting: holds', where: 'Node', outcome: 'passed' }]);
    expect(outcomesOfVitest(vitest('passed', 'A81 holds', ['A80 counting']), '/project')[0]?.title).toBe('A81 holds');
  });
});

describe('proofs', () => {
  it('are what passed, by attack and engine; a skip is kept with its reason', () => {
    const outcomes = [
      ...outcomesOfPlaywright(playwright('expected', 'A02 holds'), '/project'),
      ...outcomesOfPlaywright(playwright('skipped', 'A02 holds', 'webkit'), '/project'),
      ...outcomesOfPlaywright(playwright('unexpected', 'A02 holds', 'firefox'), '/project'),
    ];
    expect(proofsFrom(outcomes)).toEqual({
      A02: {
        Chromium: { tests: ['test/b.spec.ts › A02 holds'] },
        Firefox: { tests: [] },
        WebKit: { tests: [], skipped: ['test/b.spec.ts › A02 holds (why not)'] },
      },
    });
  });

  it('that were there and are not are told, where their file ran', () => {
    const before = proofsFrom(outcomesOfVitest(vitest('passed', 'A80 holds'), '/project'));
    const now = proofsFrom(outcomesOfVitest(vitest('failed', 'A80 holds'), '/project'));
    expect(vanished(before, now, () => true)).toEqual(['A80 in Node: a.test.ts › A80 holds']);
    expect(vanished(before, now, (place) => place === 'WebKit')).toEqual([]);
    expect(vanished(before, before, () => true)).toEqual([]);
  });

  it('stand on a page that names what is not proven and what has nothing to attack', () => {
    const catalogue = [
      { id: 'A80', attack: 'more uses', layer: 'a count' },
      { id: 'A81', attack: 'repeats', layer: 'a key' },
      { id: 'A93', attack: 'files', layer: '', absent: 'no files' },
    ];
    const proofs = proofsFrom(outcomesOfVitest(vitest('passed', 'A80 holds'), '/project'));
    const page = attacksPage(catalogue, proofs, { A80: ['uses are not counted'] });
    expect(page).toContain('**1 proven**, 1 not proven (A81), 1 without anything to attack');
    expect(page).toContain('uses are not counted');
  });
});

describe('taking out a guard', () => {
  const weakness = { name: 'none', file: 'x.ts', find: 'guard();', replace: '', ids: [], test: 'x.test.ts' };

  it('replaces it where it stands', () => {
    expect(weaken('a(); guard(); b();', weakness)).toBe('a();  b();');
  });

  it('fails when the guard moved, so that no trial runs against the whole product', () => {
    expect(() => weaken('a();', weakness)).toThrow('stands 0 times');
    expect(() => weaken('guard(); guard();', weakness)).toThrow('stands 2 times');
  });
});
