import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addSources, policyFrom, removeDirective, removeWord, setDirective } from './edit.js';
import { directiveOf, parsePolicies, parsePolicy, printPolicy, valueOf } from './policy.js';

/** Texts that look like policies, and some that do not. */
const piece = fc.constantFrom(
  'default-src',
  'FRAME-src',
  'script-src',
  "'self'",
  "'none'",
  'https://shop.example',
  '*',
  ';',
  ';;',
  ' ',
  '\t',
  '\n',
  'é',
  ',',
);
const text = fc.oneof(
  fc.string(),
  fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(' ')),
);
const name = fc.constantFrom('frame-src', 'script-src', 'form-action');
const words = fc.array(fc.constantFrom("'self'", 'https://a.example', 'b.example:*', 'data:'), { maxLength: 4 });

describe('a policy', () => {
  it('is printed as it was written', () => {
    fc.assert(
      fc.property(text, (written) => {
        expect(printPolicy(parsePolicy(written))).toBe(written);
      }),
    );
  });

  it('knows where each of its words stands', () => {
    fc.assert(
      fc.property(text, (written) => {
        for (const { written: first, start, words: rest, ignored } of parsePolicy(written).directives) {
          if (ignored === 'empty') continue;
          expect(written.startsWith(first, start)).toBe(true);
          for (const word of rest) expect(written.startsWith(word.text, word.start)).toBe(true);
        }
      }),
    );
  });

  it.each<[string, readonly (readonly [name: string, ...words: string[]])[]]>([
    ["default-src 'none'", [['default-src', "'none'"]]],
    ["  Frame-SRC\thttps://a.example\n'self' ;", [['frame-src', 'https://a.example', "'self'"]]],
    ['img-src a; img-src b; IMG-SRC c', [['img-src', 'a']]],
    ['img-src ä; img-src b', [['img-src', 'b']]],
    [';;  ;', []],
    ['upgrade-insecure-requests', [['upgrade-insecure-requests']]],
  ])('%j has what a browser reads of it (CSP3 §2.2.1)', (written, read) => {
    const counted = parsePolicy(written).directives.filter(({ ignored }) => ignored === undefined);
    expect(counted.map((directive) => [directive.name, ...directive.words.map((word) => word.text)])).toEqual(read);
  });

  it('may stand beside others in one header', () => {
    const both = parsePolicies("default-src 'self', , frame-src https://a.example;,;");
    expect(both.map((policy) => policy.directives[0]?.name)).toEqual(['default-src', 'frame-src']);
  });
});

describe('an edit', () => {
  const parsed = (written: string) => parsePolicy(written);

  it('gives a directive the words that it is told, and leaves every other as it was', () => {
    fc.assert(
      fc.property(text, name, words, (written, directive, told) => {
        const before = parsePolicy(written);
        const after = setDirective(before, directive, told);
        expect(valueOf(after, directive)).toEqual(told);
        for (const other of before.directives)
          if (other !== directiveOf(before, directive)) expect(after.directives).toContainEqual(other);
        const again = parsePolicy(printPolicy(after));
        expect(valueOf(again, directive)).toEqual(told);
      }),
    );
  });

  it.each([
    ["default-src 'self'", "default-src 'self'; frame-src 'self' https://e.example"],
    ["default-src 'self';", "default-src 'self'; frame-src 'self' https://e.example;"],
    ["frame-src  'none' ; img-src *", 'frame-src https://e.example ; img-src *'],
    ['frame-src https://e.example', 'frame-src https://e.example'],
    ['', "frame-src 'self' https://e.example;"],
  ])('adds a source to %j', (written, expected) => {
    const added = addSources(parsed(written), 'frame-src', { sources: ['https://e.example'], from: ["'self'"] });
    expect(printPolicy(added)).toBe(expected);
  });

  it('takes directives and words out', () => {
    expect(printPolicy(removeDirective(parsed('img-src a; frame-src b'), 'img-src'))).toBe(' frame-src b');
    expect(printPolicy(removeWord(parsed("script-src a 'unsafe-eval'"), 'script-src', "'unsafe-eval'"))).toBe(
      'script-src a',
    );
    expect(printPolicy(removeWord(parsed('script-src a'), 'script-src', 'a'))).toBe("script-src 'none'");
    expect(printPolicy(removeWord(parsed('script-src a'), 'img-src', 'a'))).toBe('script-src a');
  });

  it('makes a policy from data', () => {
    const made = policyFrom([
      ['default-src', ["'none'"]],
      ['upgrade-insecure-requests', []],
    ]);
    expect(printPolicy(made)).toBe("default-src 'none'; upgrade-insecure-requests");
  });
});
