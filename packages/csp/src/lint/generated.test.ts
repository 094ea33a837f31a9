import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostHeaders, type ReasonedHeader } from '../needs/host-headers.js';
import { SCRIPT_MODES, type HostPage } from '../needs/host-policy.js';
import { SERVICES } from '../needs/services.js';
import type { LintInput } from './finding.js';
import { lint } from './lint.js';
import type { RuleId } from './rules.js';

const ELEMENTS = 'https://elements.shop.example';
const page = (rest: Partial<HostPage>): HostPage => ({
  elements: ELEMENTS,
  mode: 'nonces',
  hashes: [`sha384-${'A'.repeat(64)}`],
  reports: 'https://vault.shop.example/csp',
  trustedTypes: true,
  ...rest,
});

const POLICY = 'Content-Security-Policy';
const inputOf = (headers: readonly ReasonedHeader[]): LintInput => ({
  enforced: headers.filter(({ name }) => name === POLICY).map(({ value }) => value),
  headers: Object.fromEntries(
    headers.filter(({ name }) => name !== POLICY).map(({ name, value }) => [name.toLowerCase(), value]),
  ),
  origin: 'https://shop.example',
  needs: { frames: [`${ELEMENTS}/mount`] },
});
const idsOf = (host: HostPage, isolated = false): readonly RuleId[] => [
  ...new Set(lint(inputOf(hostHeaders(host, { isolated }))).map(({ rule }) => rule)),
];

describe('headers that this package makes', () => {
  it.each(['nonces', 'hashes', 'strict-dynamic'] as const)('have no findings in mode %s', (mode) => {
    expect(idsOf(page({ mode }))).toEqual([]);
  });

  it('have one note where scripts are named by their hosts', () => {
    expect(idsOf(page({ mode: 'hosts' }))).toEqual(['script-allow-list']);
  });

  it('say that an isolated page wants frames that agree', () => {
    expect(idsOf(page({}), true)).toEqual(['embedder-policy']);
  });

  it('have a note for each that the page did not ask for', () => {
    expect(idsOf(page({ trustedTypes: false }))).toEqual(['no-trusted-types']);
    const { reports: _, ...silent } = page({});
    expect(idsOf(silent)).toEqual(['no-reports']);
  });

  it('have nothing heavier than low, whatever services are embedded', () => {
    const services = fc.uniqueArray(fc.constantFrom(...SERVICES.map(({ id }) => id)));
    fc.assert(
      fc.property(fc.constantFrom(...SCRIPT_MODES), services, (mode, chosen) => {
        const heavy = lint(inputOf(hostHeaders(page({ mode, services: chosen, trustedTypes: false })))).filter(
          ({ severity }) => severity !== 'low' && severity !== 'note',
        );
        expect(heavy.map(({ rule, word }) => `${rule} ${word ?? ''}`)).toEqual([]);
      }),
    );
  });
});
