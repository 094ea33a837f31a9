import { Linter } from 'eslint';
import { parser } from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { casts } from '../../../scripts/lint/casts.mjs';

function messages(code: string, budget: Readonly<Record<string, number>>): readonly string[] {
  const linter = new Linter({ cwd: process.cwd() });
  const config: Linter.Config = {
    files: ['**/*.ts'],
    languageOptions: { parser },
    plugins: { cloister: { rules: { casts } } },
    rules: { 'cloister/casts': ['error', budget] },
  };
  return linter.verify(code, [config], { filename: `${process.cwd()}/src/a.ts` }).map(({ message }) => message);
}

describe('the count of casts', () => {
  it.each([
    ['a cast that is not on the list', 'const a = b as C;', {}, ['A cast: decode or narrow instead.']],
    [
      'the one beyond the list',
      'const a = b as C, d = e as F;',
      { 'src/a.ts': 1 },
      ['A cast: decode or narrow instead.'],
    ],
    ['nothing when the list is right', 'const a = b as C;', { 'src/a.ts': 1 }, []],
    [
      'a list that could be shorter',
      'const a = b;',
      { 'src/a.ts': 1 },
      ['Only 0 of 1 casts are left: lower the list.'],
    ],
    ['nothing about as const', 'const a = [1] as const;', {}, []],
  ])('reports %s', (_title, code, budget, expected) => {
    expect(messages(code, budget)).toEqual(expected);
  });
});
