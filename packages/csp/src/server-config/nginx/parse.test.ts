import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeIn } from '../source.js';
import { parseNginx, type Directive } from './parse.js';
import { PROBLEMS, type ProblemCode } from './problem.js';
import { offsetIn } from '../word.js';
import { nextToken, type Token } from './token.js';

/** What takes this long is quadratic, on a machine that has other work too. */
const QUADRATIC_MS = 15_000;

const parse = (text: string) => parseNginx({ name: 'site.conf', text });

/** Directives without their places. */
const shape = (directives: readonly Directive[]): unknown =>
  directives.map(({ words, block }) =>
    block === undefined ? words.map(({ text }) => text) : [...words.map(({ text }) => text), shape(block)],
  );

const all = (directives: readonly Directive[]): readonly Directive[] =>
  directives.flatMap((directive) => [directive, ...all(directive.block ?? [])]);

const READ: readonly (readonly [says: string, text: string, expected: unknown])[] = [
  ['a directive', 'listen 80;', [['listen', '80']]],
  ['blocks', 'http{server{listen 80;}}', [['http', [['server', [['listen', '80']]]]]]],
  ['comments', '# {"\nlisten 80; # ; }\n#', [['listen', '80']]],
  ['a hash within a word', 'root /a#b;', [['root', '/a#b']]],
  ['quotes', `add_header A "a; {b} 'c'" always;`, [['add_header', 'A', "a; {b} 'c'", 'always']]],
  ['single quotes', `add_header A 'a "b"';`, [['add_header', 'A', 'a "b"']]],
  ['a quote within a word', `root a"b;`, [['root', 'a"b']]],
  ['escapes', String.raw`x "\"\\\t\n\x";`, [['x', '"\\\t\n\\x']]],
  ['an escaped space', String.raw`x a\ b;`, [['x', String.raw`a\ b`]]],
  ['variables in braces', 'x ${a}b "${c}";', [['x', '${a}b', '${c}']]],
  ['a brace within a word', 'x a}b;', [['x', 'a}b']]],
  ['a brace after a word', 'if ($a = b){return 204;}', [['if', '($a', '=', 'b)', [['return', '204']]]]],
  ['a parenthesis after a quote', 'if ($a = "b") {}', [['if', '($a', '=', 'b', ')', []]]],
  ['a regular expression in quotes', 'location ~ "a{2}" {}', [['location', '~', 'a{2}', []]]],
  ['nothing', ' \r\n\t', []],
  [
    'Lua',
    'a_by_lua_block { local a = {"}", \'}\', [[}]], [==[}]]]==]} -- }\n --[[}]] }\nlisten 80;',
    [
      ['a_by_lua_block', []],
      ['listen', '80'],
    ],
  ],
];

const STOPS: readonly (readonly [text: string, code: ProblemCode, line: number, column: number])[] = [
  ['http {\n server {\n }\n', 'unclosed-block', 1, 1],
  ['http {\n server {\n', 'unclosed-block', 2, 2],
  ['a;\n }', 'stray-brace', 2, 2],
  ['a {\n b }', 'stray-brace', 2, 4],
  [';', 'stray-mark', 1, 1],
  ['a;\n\n {', 'stray-mark', 3, 2],
  ['a;\n x "b;\n c;', 'unclosed-quote', 2, 4],
  ['a "b"c;', 'after-quote', 1, 6],
  ['a;\nb', 'unfinished-directive', 2, 1],
  ['a\\', 'unfinished-directive', 1, 1],
  ['a b\n', 'unfinished-directive', 1, 1],
  ['a_by_lua_block {\n "}', 'unclosed-lua', 1, 16],
  ['a {'.repeat(40), 'too-deep', 1, 99],
];

describe('a configuration of nginx', () => {
  it.each(READ)('is read with %s', (_, text, expected) => {
    const { directives, problem } = parse(text);
    expect({ problem, shape: shape(directives) }).toEqual({ problem: undefined, shape: expected });
  });

  it.each(STOPS)('of %j stops with %s at %i:%i', (text, code, line, column) => {
    const { problem } = parse(text);
    const place = problem === undefined ? undefined : placeIn(problem.file, problem.start, problem.start);
    expect({ code: problem?.code, line: place?.line, column: place?.column }).toEqual({ code, line, column });
  });

  it('stops with each of the codes somewhere in this table', () => {
    expect(new Set(STOPS.map(([, code]) => code))).toEqual(new Set(Object.keys(PROBLEMS)));
  });

  it('keeps what stands before the problem, and what is in blocks that are open', () => {
    expect(shape(parse('a;\nhttp { b; c "').directives)).toEqual([['a'], ['http', [['b']]]]);
  });
});

/** Texts that look like configurations, and are hostile. */
const parts = fc.constantFrom(
  '{',
  '}',
  ';',
  '"',
  "'",
  '\\',
  '$',
  '#',
  '\n',
  '\r',
  ' ',
  'a',
  'ä',
  '😀',
  'x_by_lua_block',
  '--',
  '[[',
  ']]',
  ')',
  'include',
);
const texts = fc.array(parts, { maxLength: 60 }).map((some) => some.join(''));
const words = fc.string({
  unit: fc.constantFrom('a', ';', ' ', '{', '}', '#', "'", '$', '\n', 'é'),
  minLength: 1,
  maxLength: 12,
});

const tokensOf = (text: string): readonly Token[] => {
  const tokens: Token[] = [];
  for (let token = nextToken(text, 0); token !== undefined && token.kind !== 'stop'; token = nextToken(text, token.end))
    tokens.push(token);
  return tokens;
};

describe('laws', () => {
  it('every text is read, and every directive stands where its place says', () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const { name, start, end } of all(parse(text).directives)) {
          expect(nextToken(text, start)).toMatchObject({ kind: 'word', text: name, start });
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('between two tokens stand white space and comments only', () => {
    const isBlank = (text: string): boolean => text.split('\n').every((line) => line.split('#')[0]?.trim() === '');
    fc.assert(
      fc.property(texts, (text) => {
        let at = 0;
        for (const { start, end } of tokensOf(text)) {
          expect(isBlank(text.slice(at, start))).toBe(true);
          at = end;
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('what is written in quotes is read as it was, letter by letter at its place', () => {
    const quote = (word: string): string => `"${word.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 5 }), (some) => {
        const text = `${some.map(quote).join(' ')};`;
        const [directive] = parse(text).directives;
        expect(directive?.words.map((word) => word.text)).toEqual(some);
        for (const word of directive?.words ?? [])
          for (const index of word.text.split('').keys())
            if (word.text[index] !== '"') expect(text[offsetIn(text, word, index)]).toBe(word.text[index]);
      }),
    );
  });

  it('lines and columns say the same place as letters', () => {
    fc.assert(
      fc.property(texts, fc.nat(60), (text, at) => {
        const { file } = parse(text);
        const { line, column } = placeIn(file, Math.min(at, text.length), Math.min(at, text.length));
        const lines = text.split(/(?<=\r\n|\n|\r(?!\n))/u);
        const before = lines.slice(0, line - 1).join('').length;
        expect(before + column - 1).toBe(Math.min(at, text.length));
      }),
    );
  });

  it.each([
    ['open blocks', 'a {'],
    ['open quotes', '"'],
    ['dollars', '${'],
    ['backslashes', '\\'],
    ['comments', '#\n'],
    ['Lua', 'a_by_lua_block { [==['],
    ['directives', 'add_header A b;'],
    ['line breaks', '\r\n'],
  ])('a megabyte of %s takes no longer than its letters', (_, part) => {
    const text = part.repeat(Math.ceil(1_000_000 / part.length));
    const began = performance.now();
    parse(text);
    expect(performance.now() - began).toBeLessThan(QUADRATIC_MS);
  });
});
