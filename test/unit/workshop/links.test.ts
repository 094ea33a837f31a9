import { describe, expect, it } from 'vitest';
import { linkProblems } from '../../../scripts/docs/links.mjs';

const ATTACKS = 'docs/security/attacks.md';
const problems = (text: string): readonly string[] =>
  linkProblems(
    new Map([
      ['docs/page.md', `# A page\n\n${text}`],
      ['SECURITY.md', '## How to report?\n'],
      [ATTACKS, ''],
    ]),
    {
      exists: (path) => ['docs/page.md', 'SECURITY.md', ATTACKS, 'scripts/docs.mjs'].includes(path),
      attacks: new Set(['T01', 'A44']),
    },
  );

describe('links of the documentation', () => {
  it.each([
    '[A44](security/attacks.md#a44) [T01](security/attacks.md#t01) [floods](security/attacks.md#a44)',
    '[how](../SECURITY.md#how-to-report) [here](#a-page) [code](../scripts/docs.mjs#L3)',
    '[out](https://example.com/nothing) ![image](../SECURITY.md)',
    '```md\n[A99](nowhere.md)\n```',
  ])('are fine in %s', (text) => {
    expect(problems(text)).toEqual([]);
  });

  it.each([
    ['[A45](security/attacks.md#a45)', 'docs/page.md links to security/attacks.md#a45: the catalogue has no A45'],
    ['[A45](security/attacks.md#a44)', 'docs/page.md links to security/attacks.md#a44: it says A45'],
    ['[x](nowhere.md)', 'docs/page.md links to nowhere.md, which is not there'],
    ['[x](../../outside.md)', 'docs/page.md links to ../../outside.md, which is not there'],
    ['[x](../SECURITY.md#gone)', 'docs/page.md links to ../SECURITY.md#gone: no such heading'],
  ])('are wrong in %s', (text, problem) => {
    expect(problems(text)).toEqual([problem]);
  });
});
