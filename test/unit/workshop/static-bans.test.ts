import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
let eslint: ESLint;
beforeAll(() => {
  // Where `CI` is set the parser reads files from the disk once, and not the texts that it is given.
  process.env['TSESTREE_SINGLE_RUN'] = 'false';
  eslint = new ESLint({ cwd: ROOT });
});

/** Which rules refuse a text that stands in the place of a file of ours. */
async function refusals(file: string, text: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(text, { filePath: join(ROOT, file) });
  return result?.messages.map(({ ruleId }) => ruleId ?? 'syntax') ?? [];
}

const WIRE = 'packages/bridge/src/frame/wire.ts';
const START = 'packages/elements/src/connection/start-frame.ts';
const FORM = 'packages/elements/src/collect/collect-form.ts';

describe('the linter refuses, in code that runs in a browser', () => {
  const cases: readonly (readonly [title: string, file: string, text: string, rule: string])[] = [
    ['A06 a message to anybody', WIRE, "window.parent.postMessage({}, '*');", 'no-restricted-syntax'],
    [
      'A06 the same by an option',
      START,
      "window.parent.postMessage({}, { targetOrigin: '*' });",
      'no-restricted-syntax',
    ],
    [
      'A06 a message that is sent elsewhere than where messages are',
      FORM,
      'parent.postMessage({}, location.origin);',
      'no-restricted-syntax',
    ],
    ['A07 a channel that everybody hears', FORM, "new BroadcastChannel('x');", 'no-restricted-globals'],
    ['A35 a value in an attribute', FORM, "document.body.setAttribute('value', '1');", 'no-restricted-syntax'],
    [
      'A41 an expression that takes exponential time',
      FORM,
      'export const slow: RegExp = /^(?:a+)+$/u;',
      'regexp/no-super-linear-backtracking',
    ],
    ['A60 a store', FORM, "localStorage.setItem('a', 'b');", 'no-restricted-globals'],
    ['A69 markup from a text', FORM, 'document.body.innerHTML = String(location);', 'no-unsanitized/property'],
    ['A69 code from a text', FORM, "eval('1');", 'no-eval'],
  ];
  it.each(cases)('%s', { timeout: 120_000 }, async (_, file, text, rule) => {
    expect(await refusals(file, `${text}\n`)).toContain(rule);
  });

  it('and the files as they are, it does not', { timeout: 120_000 }, async () => {
    for (const file of [WIRE, START, FORM])
      expect(await refusals(file, await readFile(join(ROOT, file), 'utf8'))).toEqual([]);
  });

  it('A41 whatever a comment says', { timeout: 120_000 }, async () => {
    const text =
      '// eslint-disable-next-line regexp/no-super-linear-backtracking -- it is fine\nexport const slow: RegExp = /^(?:a+)+$/u;\n';
    expect(await refusals(FORM, text)).toContain('@eslint-community/eslint-comments/no-restricted-disable');
  });
});

describe('what is built for a browser', () => {
  const BUILT = ['collect', 'reveal', 'coordinator-cloister', 'coordinator-memory', 'diagnose'].map(
    (name) => `packages/elements/dist/frames/${name}.js`,
  );

  it.each([...BUILT, 'packages/bridge/dist/cloister.js'])(
    'A06 A16 A41 %s makes no expression of data and addresses nobody by a star',
    async (file) => {
      const text = await readFile(join(ROOT, file), 'utf8');
      const found = (expression: RegExp): number => Array.from(text.matchAll(expression)).length;
      expect(found(/\bRegExp\s*\(/gu)).toBe(0);
      expect(found(/postMessage\([^()]{0,80},\s*["'`]\*["'`]/gu)).toBe(0);
      expect(found(/targetOrigin/gu)).toBe(0);
      // The search is not blind: messages are sent.
      if (!file.includes('coordinator-memory')) expect(found(/postMessage\(/gu)).toBeGreaterThan(0);
    },
  );
});
