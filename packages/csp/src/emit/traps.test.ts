import { describe, expect, it } from 'vitest';
import type { Header, HeaderRule } from '../needs/headers.js';
import { apache } from './apache.js';
import { caddy } from './caddy.js';
import { cloudflarePages } from './cloudflare-pages.js';
import { json } from './json.js';
import { netlify } from './netlify.js';
import { next } from './next.js';
import { nginx } from './nginx.js';
import { vercel } from './vercel.js';

const POLICY = 'Content-Security-Policy';
const site = (...headers: readonly Header[]): readonly HeaderRule[] => [{ path: '/*', headers }];
const below = (path: string, value: string): HeaderRule => ({ path, headers: [[POLICY, value]] });

describe('the trap of', () => {
  it('nginx: a header is for errors, too', () => {
    expect(nginx.emit(site([POLICY, "default-src 'self'"])).text).toContain(
      `\nadd_header ${POLICY} "default-src 'self'" always;\n`,
    );
  });

  it('nginx: a dollar sign cannot be written, and the sentence says what can', () => {
    expect(() => nginx.emit(site([POLICY, 'img-src https://a.example/$x']))).toThrow(/%24/u);
  });

  it('nginx: no word has more than 4094 letters, and longer values are put together', () => {
    const long = `script-src ${"'sha256-\\\"' ".repeat(900)}`.trim();
    const { text } = nginx.emit(site([POLICY, long], ['X-Short', 'a']));
    expect(Math.max(...text.split(' "').map((word) => word.length))).toBeLessThanOrEqual(4094);
    expect(text).toContain(
      `\nadd_header ${POLICY} $cloister_content_security_policy always;\nadd_header X-Short "a" always;\n`,
    );
  });

  it('Apache: two tables would send two policies', () => {
    const { text } = apache.emit(site([POLICY, "default-src 'self'"]));
    expect(text).toContain(`Header onsuccess unset ${POLICY}\nHeader always set ${POLICY} "default-src 'self'"\n`);
    expect(text).not.toContain('\n<IfModule');
  });

  it.each(['img-src ${HOME}', 'expr=%{HTTP_HOST}'])('Apache: %j would be filled in or run', (value) => {
    expect(() => apache.emit(site([POLICY, value]))).toThrow(TypeError);
  });

  it('Caddy: what an application sends is added behind ours, but to headers that are set at last', () => {
    expect(caddy.emit(site([POLICY, "default-src 'self'"])).text).toContain('\n\tdefer\n}\n');
  });

  it('Caddy: the braces of JSON are letters', () => {
    expect(caddy.emit(site(['NEL', '{"a":[{"b":{}}]}'])).text).toContain('\tNEL `{"a":[{"b":{}}]}`\n');
  });

  it.each(['{$HOME}', 'a {host}', '\\{', 'a\\}', '{', '}', '{http.request.host}', '{?query}', '`\\', '`\\"'])(
    'Caddy: %j would be filled in or end too early',
    (value) => {
      expect(() => caddy.emit(site(['NEL', value]))).toThrow(TypeError);
    },
  );

  it('Next.js: a nonce makes pages dynamic, and so it is told; fixed values leave them static', () => {
    const nonce = next.emit(site([POLICY, "script-src 'nonce-{nonce}'"]));
    expect(nonce.file).toBe('proxy.js');
    expect(nonce.lost).toMatchObject([{ name: POLICY, why: expect.stringContaining('request time') }]);
    expect(next.emit(site([POLICY, "default-src 'self'"]))).toMatchObject({ file: 'next.config.mjs', lost: [] });
  });

  it('Netlify: rules that lie within each other may both be sent, and so it is told', () => {
    expect(netlify.emit([below('/*', 'a'), below('/checkout/*', 'b')]).lost).toMatchObject([{ name: POLICY }]);
    expect(netlify.emit([below('/help/*', 'a'), below('/checkout/*', 'b')]).lost).toEqual([]);
  });

  it('Cloudflare: a long line is read over, so it is not written, and that is told', () => {
    const fits = 'x'.repeat(2000 - `${POLICY}: `.length);
    expect(cloudflarePages.emit(site([POLICY, fits]))).toMatchObject({ lost: [], text: expect.stringContaining(fits) });
    const long = cloudflarePages.emit(site([POLICY, `${fits}x`]));
    expect(long.lost).toMatchObject([{ name: POLICY, instead: expect.stringContaining('cloudflare-worker') }]);
    expect(long.text).not.toContain(fits);
  });

  it('Cloudflare and Vercel: a value could take in what a visitor wrote into the address', () => {
    expect(() => cloudflarePages.emit(site([POLICY, 'script-src :splat']))).toThrow(TypeError);
    expect(() => vercel.emit(site([POLICY, 'script-src $1']))).toThrow(TypeError);
  });

  it('Cloudflare: only a hundred rules are read, so the others are told', () => {
    const many = Array.from({ length: 103 }, (_, index) => below(`/p${String(index)}/*`, 'a'));
    const { text, lost } = cloudflarePages.emit(many);
    expect(lost).toHaveLength(3);
    expect(text.split('\n').filter((line) => line.startsWith('/'))).toHaveLength(100);
  });

  it('JSON: none, it says the rules as they are', () => {
    const rules = [below('/checkout/*', "script-src 'nonce-{nonce}'"), below('/*', 'a')];
    expect(JSON.parse(json.emit(rules).text)).toEqual(rules);
  });
});
