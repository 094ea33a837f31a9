import { explain, parsePolicy, policiesOf, printPolicy, setDirective, verdict, type Load } from '@cloister/csp';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameDirective } from './csp-watch.js';

const ELEMENTS = 'https://elements.shop.example';
const PAGE = 'https://shop.example';

/** Words of a directive about frames, and words that mean something for scripts alone. */
const WORDS = [
  "'self'",
  "'SELF'",
  "'none'",
  "'unsafe-inline'",
  "'nonce-abc'",
  'https:',
  'pay.example',
  'https://*.bank.example/pay/',
] as const;

const policies = fc
  .array(
    fc.tuple(
      fc.constantFrom('frame-src', 'child-src', 'default-src', 'script-src', 'FRAME-SRC'),
      fc.array(fc.constantFrom(...WORDS), { maxLength: 4 }),
    ),
    { maxLength: 5 },
  )
  .map((directives) => directives.map(([name, words]) => [name, ...words].join(' ')).join(' ;  '));

const frameOf = (url: string): Load => ({ type: 'fetch', destination: 'frame', url });
const FRAMES = [`${PAGE}/own`, 'https://pay.example/', 'https://a.bank.example/pay/x', 'https://evil.example/'];

const allows = (policy: string, url: string): boolean =>
  verdict(policiesOf({ enforced: [policy] }), frameOf(url), PAGE).allowed;

/** The policy with the directive put in, or in place of the one that it has. */
function taken(policy: string, directive: string): string {
  const [name = '', ...words] = directive.split(' ');
  return printPolicy(setDirective(parsePolicy(policy), name, words));
}

describe('the directive that a mount names', () => {
  it.each([
    ["default-src 'self'", `frame-src 'self' ${ELEMENTS}`],
    ["default-src 'none'; script-src 'self'", `frame-src ${ELEMENTS}`],
    ["default-src 'self' 'unsafe-inline' 'nonce-abc'", `frame-src 'self' ${ELEMENTS}`],
    ["default-src 'none'; child-src https://pay.example", `frame-src https://pay.example ${ELEMENTS}`],
    ["child-src 'none';frame-src\thttps://pay.example\t'self'", `frame-src https://pay.example 'self' ${ELEMENTS}`],
    ["FRAME-SRC pay.example; frame-src 'self'", `frame-src pay.example ${ELEMENTS}`],
    ['', `frame-src ${ELEMENTS}`],
  ])('for "%s" is "%s"', (policy, directive) => {
    expect(frameDirective(policy, ELEMENTS)).toBe(directive);
  });

  it('lets the fields in, and takes nothing from the page’s other frames and gives them nothing', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        const after = taken(policy, frameDirective(policy, ELEMENTS));
        expect(allows(after, `${ELEMENTS}/collect.html`)).toBe(true);
        if (!allows(policy, ELEMENTS))
          for (const url of FRAMES) expect([url, allows(after, url)]).toEqual([url, allows(policy, url)]);
      }),
    );
  });

  it('is what `explain` says', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        fc.pre(!allows(policy, ELEMENTS));
        const { fix } = explain(
          {
            documentURL: PAGE,
            blockedURL: ELEMENTS,
            effectiveDirective: 'frame-src',
            originalPolicy: policy,
            disposition: 'enforce',
          },
          { elements: ELEMENTS },
        );
        const [edit] = fix.kind === 'edit' ? fix.edits : [];
        const after = taken(policy, frameDirective(policy, ELEMENTS));
        for (const url of [ELEMENTS, ...FRAMES])
          expect([url, allows(after, url)]).toEqual([url, allows(edit?.policy ?? '', url)]);
      }),
    );
  });
});
