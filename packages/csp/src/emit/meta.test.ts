// @vitest-environment jsdom
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Header } from '../needs/headers.js';
import { meta } from './meta.js';

const POLICY = 'Content-Security-Policy';
const emit = (...headers: readonly Header[]) => meta.emit([{ path: '/*', headers }]);

/** As a browser reads the markup. */
const policiesIn = (text: string): readonly (string | null)[] =>
  Array.from(
    new DOMParser().parseFromString(`<head>${text}</head>`, 'text/html').querySelectorAll('head > meta'),
    (element) => element.getAttribute('content'),
  );

describe('a policy in the markup', () => {
  it('says what it can, and names what is lost', () => {
    const { text, lost } = emit(
      [POLICY, "default-src 'self'; frame-ancestors 'self'; sandbox allow-forms; report-uri /csp; form-action 'self'"],
      [`${POLICY}-Report-Only`, "default-src 'none'"],
      ['Reporting-Endpoints', 'csp="/csp"'],
      ['X-Content-Type-Options', 'nosniff'],
    );
    expect(policiesIn(text)).toEqual(["default-src 'self'; form-action 'self'"]);
    expect(lost.map(({ name }) => name)).toEqual([
      'frame-ancestors',
      'sandbox',
      'report-uri',
      `${POLICY}-Report-Only`,
      'Reporting-Endpoints',
      'X-Content-Type-Options',
    ]);
    for (const { why, instead } of lost) expect([why, instead]).not.toContain('');
  });

  it('is an element for each policy of a list, and none where nothing is left', () => {
    expect(policiesIn(emit([POLICY, "img-src 'self', script-src 'none'"]).text)).toEqual([
      "img-src 'self'",
      "script-src 'none'",
    ]);
    expect(policiesIn(emit([POLICY, "frame-ancestors 'none'"]).text)).toEqual([]);
  });

  it('stays within its attribute, whatever a value has', () => {
    const printable = fc.string({
      unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
    });
    fc.assert(
      fc.property(printable, (word) => {
        fc.pre(!/[;,]|\{nonce\}/u.test(word));
        const value = `default-src 'self' ${word}x`;
        expect(policiesIn(emit([POLICY, value]).text)).toEqual([value]);
      }),
      { numRuns: 50 },
    );
  });
});
