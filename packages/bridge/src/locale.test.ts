// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest';
import { directionOf, resolveLocale } from './locale.js';

afterEach(() => {
  document.documentElement.lang = '';
});

describe('language', () => {
  it.each([
    ['de-CH', '', 'de-CH'],
    ['auto', 'ar', 'ar'],
    ['auto', '', navigator.language],
    ['auto', 'x', 'en'],
    ['"><script>', '', 'en'],
  ])('%s on a page in "%s" is %s', (wish, lang, locale) => {
    document.documentElement.lang = lang;
    expect(resolveLocale(wish)).toBe(locale);
  });

  it.each(['ltr', 'rtl'] as const)('takes the direction of its place: %s', (direction) => {
    document.body.style.direction = direction;
    expect(directionOf(document.body)).toBe(direction);
  });
});
