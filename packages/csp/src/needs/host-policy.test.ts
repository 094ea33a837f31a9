import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policiesOf, verdict } from '../semantics/policy-set.js';
import type { Load } from '../semantics/load.js';
import { parsePolicy, valueOf } from '../syntax/policy.js';
import { hostHeaders } from './host-headers.js';
import { hostPolicy, SCRIPT_MODES, type HostPage } from './host-policy.js';
import { policyText } from './reasons.js';
import { SERVICES } from './services.js';

const ELEMENTS = 'https://elements.shop.example';
const SHOP = 'https://shop.example';
const HASH = `sha384-${'A'.repeat(64)}`;
const page = (rest: Partial<HostPage> = {}): HostPage => ({
  elements: ELEMENTS,
  mode: 'hosts',
  hashes: [HASH],
  ...rest,
});
const textOf = (rest?: Partial<HostPage>): string => policyText(hostPolicy(page(rest)));
const allows = (load: Load, rest?: Partial<HostPage>): boolean =>
  verdict(policiesOf({ enforced: [textOf(rest)] }), load, SHOP).allowed;
const frame = (url: string): Load => ({ type: 'fetch', destination: 'frame', url });

describe('the policy of a host page', () => {
  it('asks one thing for the SDK: its frames', () => {
    const own = parsePolicy(textOf());
    const naming = own.directives.filter(({ words }) => words.some(({ text }) => text.includes('elements')));
    expect(naming.map(({ name }) => name)).toEqual(['frame-src']);
    expect(valueOf(own, 'frame-src')).toEqual([ELEMENTS]);
  });

  it.each(SCRIPT_MODES)('lets the fields in and keeps an injected script out, in mode %s', (mode) => {
    expect(allows(frame(`${ELEMENTS}/collect.html`), { mode })).toBe(true);
    expect(allows(frame('https://evil.example/'), { mode })).toBe(false);
    const injected: Load = { type: 'inline', what: 'script', hashes: ['sha384-other'] };
    expect(allows(injected, { mode })).toBe(false);
    expect(allows({ ...injected, what: 'script-attribute' }, { mode })).toBe(false);
    expect(allows({ type: 'eval' }, { mode })).toBe(false);
  });

  it.each<[string, Load]>([
    ['a request', { type: 'fetch', destination: 'connect', url: 'https://evil.example/' }],
    ['an image', { type: 'fetch', destination: 'image', url: 'https://evil.example/?card' }],
    ['a style', { type: 'fetch', destination: 'style', url: 'https://evil.example/' }],
    ['a font', { type: 'fetch', destination: 'font', url: 'https://evil.example/' }],
    ['a prefetch', { type: 'fetch', destination: 'prefetch', url: 'https://evil.example/' }],
    ['a form', { type: 'form', url: 'https://evil.example/' }],
    ['a base', { type: 'base', url: 'https://evil.example/' }],
    ['a frame around it', { type: 'embedding', ancestors: ['https://evil.example'] }],
  ])('sends nothing to a stranger by %s', (_, load) => {
    for (const mode of SCRIPT_MODES) expect(allows(load, { mode }), mode).toBe(false);
  });

  it('has a reason for everything, in words', () => {
    const services = SERVICES.map(({ id }) => id);
    for (const mode of SCRIPT_MODES)
      for (const { reason, sources } of hostPolicy(page({ mode, services, reports: '/csp', trustedTypes: true })))
        for (const text of [reason, ...sources.map((source) => source.reason)]) expect(text.length).toBeGreaterThan(8);
  });

  it.each(SERVICES)('lets $title in where it is asked for, and not elsewhere', ({ id, sources }) => {
    for (const [directive, list] of Object.entries(sources)) {
      expect(valueOf(parsePolicy(textOf({ services: [id] })), directive)).toEqual(expect.arrayContaining([...list]));
      for (const source of list) expect(textOf()).not.toContain(source);
    }
  });

  it('has nothing that undoes it, whatever services and modes are chosen', () => {
    const services = fc.uniqueArray(fc.constantFrom(...SERVICES.map(({ id }) => id)));
    fc.assert(
      fc.property(fc.constantFrom(...SCRIPT_MODES), services, fc.boolean(), (mode, chosen, trustedTypes) => {
        const text = textOf({ mode, services: chosen, trustedTypes });
        expect(text).not.toMatch(/unsafe-|\*(?:[ ;]|$)|data:|https:(?:[ ;]|$)/u);
        expect(parsePolicy(text).directives.every(({ ignored }) => ignored === undefined)).toBe(true);
      }),
    );
  });

  it.each<[string, Partial<HostPage>]>([
    ['hashes without hashes', { mode: 'hashes', hashes: [] }],
    ['a service that nobody knows', { services: ['nobody'] }],
    ['a source that ends its directive', { more: { 'img-src': [{ source: 'a; script-src *', reason: '' }] } }],
    [
      'a path that ends its directive',
      { more: { 'img-src': [{ source: 'https://a.example/;object-src *', reason: '' }] } },
    ],
    ['a path that ends its policy', { more: { 'img-src': [{ source: 'https://a.example/,script-src', reason: '' }] } }],
    ['a directive that nobody knows', { more: { 'image-src': [{ source: 'https://a.example', reason: '' }] } }],
    ['an address for reports with a semicolon', { reports: '/csp; script-src *' }],
    ['an address for reports with a comma', { reports: '/csp, script-src *' }],
  ])('refuses %s', (_, rest) => {
    expect(() => hostPolicy(page(rest))).toThrow(TypeError);
  });
});

describe('the headers of a host page', () => {
  const valueIn = (name: string, ...given: Parameters<typeof hostHeaders>): string | undefined =>
    hostHeaders(...given).find((header) => header.name === name)?.value;

  it('only report where that was asked for', () => {
    const names = hostHeaders(page(), { disposition: 'report' }).map(({ name }) => name);
    expect(names).toContain('Content-Security-Policy-Report-Only');
    expect(names).not.toContain('Content-Security-Policy');
  });

  it('name the collector in both ways', () => {
    const reporting = page({ reports: 'https://vault.shop.example/csp' });
    expect(valueIn('Reporting-Endpoints', reporting)).toBe('csp="https://vault.shop.example/csp"');
    expect(valueIn('Content-Security-Policy', reporting)).toMatch(
      /report-to csp; report-uri https:\/\/vault\.shop\.example\/csp$/u,
    );
  });

  it('give the frames the clipboard where values may be copied', () => {
    expect(valueIn('Permissions-Policy', page(), { copy: true })).toContain(`clipboard-write=(self "${ELEMENTS}")`);
    expect(valueIn('Permissions-Policy', page())).toContain('clipboard-write=(self)');
  });

  it.each([
    ['ask for no integrity by themselves', {}, {}, undefined],
    ['ask for it when they shall', {}, { integrity: true }, 'Integrity-Policy: blocked-destinations=(script)'],
    [
      'tell the collector of it',
      { reports: '/csp' },
      { integrity: true },
      'Integrity-Policy: blocked-destinations=(script), endpoints=(csp)',
    ],
    [
      'only report what lacks it where that was asked for',
      {},
      { integrity: true, disposition: 'report' },
      'Integrity-Policy-Report-Only: blocked-destinations=(script)',
    ],
  ] as const)('%s', (_title, given, options, expected) => {
    const found = hostHeaders(page(given), options).find(({ name }) => name.startsWith('Integrity-Policy'));
    expect(found === undefined ? undefined : `${found.name}: ${found.value}`).toBe(expected);
  });

  it('do not speak of encryption to a page that has none', () => {
    const plain = hostHeaders(page({ secure: false })).map(({ name, value }) => `${name}: ${value}`);
    expect(plain.join('\n')).not.toMatch(/Strict-Transport|upgrade-insecure/u);
  });
});
