import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageParts } from './page-parts.js';

describe('what a page’s markup has', () => {
  it.each([
    ['<script>a()</script>', [{ kind: 'inline', text: 'a()' }]],
    ['<script type=module>a()</script>', [{ kind: 'inline', text: 'a()' }]],
    ['<script type="importmap">{}</script>', [{ kind: 'inline', text: '{}' }]],
    ['<script type="text/javascript">a()</script>', [{ kind: 'inline', text: 'a()' }]],
    ['<script type="application/ld+json">{}</script>', []],
    ['<script type="text/template"><p></script>', []],
    ['<!-- <script>a()</script> -->', []],
    ['<textarea><script>a()</script></textarea>', []],
    ['<template><script>a()</script></template>', [{ kind: 'inline', text: 'a()' }]],
    ['<svg><script>a()</script></svg>', [{ kind: 'inline', text: 'a()' }]],
    ['<SCRIPT>1 < 2</SCRIPT>', [{ kind: 'inline', text: '1 < 2' }]],
    [
      '<p><script src=" a.js "></script>',
      [{ kind: 'file', src: 'a.js', module: false, integrity: undefined, cors: false, at: '<p><script'.length }],
    ],
    [
      '<script crossorigin src=a.js></script>',
      [{ kind: 'file', src: 'a.js', module: false, integrity: undefined, cors: true, at: '<script'.length }],
    ],
    [
      '<script type=MODULE src=a.js integrity="sha384-x"></script>',
      [{ kind: 'file', src: 'a.js', module: true, integrity: 'sha384-x', cors: true, at: '<script'.length }],
    ],
  ])('%s', (markup, scripts) => {
    expect(pageParts(markup).scripts).toEqual(scripts);
  });

  it('has styles by their text', () => {
    expect(pageParts('<style>p{}</style><svg><style>a{}</style></svg>').styles).toEqual(['p{}', 'a{}']);
  });

  it.each([
    ['<p onclick="a()">', '<p onclick>'],
    ['<a href="javascript:a()">', 'javascript: address'],
    ['<a href=" \u0001java\nscript:a()">', 'javascript: address'],
    ['<p style="color:red">', '<p style>'],
    ['<base href="/x/">', '<base>'],
  ])('names what a policy refuses: %s', (markup, words) => {
    expect(pageParts(markup).refused.join()).toContain(words);
  });

  it('is read whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (markup) => {
        expect(() => pageParts(markup)).not.toThrow();
        expect(pageParts(`${markup.replaceAll('<', '')}<script>x</script>`).scripts).toEqual([
          { kind: 'inline', text: 'x' },
        ]);
      }),
    );
  });
});
