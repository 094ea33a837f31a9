import { expect, it } from 'vitest';
import { globMatches, isGlob } from './glob.js';

it.each([
  ['/etc/nginx/conf.d/*.conf', '/etc/nginx/conf.d/a.conf', true],
  ['/etc/nginx/conf.d/*.conf', '/etc/nginx/conf.d/a/b.conf', false],
  ['/etc/nginx/conf.d/*.conf', '/etc/nginx/conf.d/a.conf.off', false],
  ['*', 'a', true],
  ['*', '', true],
  ['*', 'a/b', false],
  ['a*b*c', 'aXbYc', true],
  ['a*b*c', 'abcabc', true],
  ['a*b*c', 'acb', false],
  ['?', 'a', true],
  ['?', '/', false],
  ['?', '', false],
  ['a.c', 'abc', false],
  ['a', 'ab', false],
  ['ab', 'a', false],
])('%j fits %j: %s', (pattern, name, fits) => {
  expect(globMatches(pattern, name)).toBe(fits);
});

it('takes no pattern for long', () => {
  const began = performance.now();
  expect(globMatches('*a'.repeat(500), 'a'.repeat(5000) + 'b')).toBe(false);
  expect(performance.now() - began).toBeLessThan(15_000);
});

it.each([
  ['a*.conf', true],
  ['a?.conf', true],
  ['a.conf', false],
])('%j may be several files: %s', (name, several) => {
  expect(isGlob(name)).toBe(several);
});
