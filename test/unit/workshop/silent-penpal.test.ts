import { readFileSync } from 'node:fs';
import { parseAst } from 'rollup/parseAst';
import { expect, it } from 'vitest';
import { withoutTexts } from '../../../scripts/build/silent-penpal.mjs';

const PENPAL = readFileSync('node_modules/penpal/dist/penpal.mjs', 'utf8');

it('leaves penpal’s errors their codes and takes their texts', () => {
  const { code, left } = withoutTexts(PENPAL);
  expect(left).toBeGreaterThan(10);
  expect(() => parseAst(code)).not.toThrow();
  expect(code).toContain('new PenpalError_default("METHOD_NOT_FOUND")');
  expect(PENPAL).toContain('timed out after');
  expect(code).not.toContain('timed out after');
});

it('changes nothing else', () => {
  const other = 'const a = f("x", `y ${g(1)}`); throw new PenpalError_default(code, text);';
  expect(withoutTexts(other)).toEqual({ code: other, left: 0 });
});
