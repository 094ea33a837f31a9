import { describe, expect, it } from 'vitest';
import { bleeding, weakRandomness, wildcardPosts } from '../../../scripts/check-bleed.mjs';

describe('bleeding', () => {
  const markers = [{ text: 'secret-marker', means: 'the vault client', home: ['coordinator'] }];

  it('is silent when a marker is at home and nowhere else', () => {
    expect(bleeding({ coordinator: 'x="secret-marker"', bridge: 'y' }, markers)).toEqual([]);
  });

  it('names the bundle that contains what is not its own', () => {
    expect(bleeding({ coordinator: '"secret-marker"', bridge: '"secret-marker"' }, markers)).toEqual([
      'bridge contains the vault client ("secret-marker")',
    ]);
  });

  it('does not trust a marker that has left its home', () => {
    expect(bleeding({ coordinator: '', bridge: '' }, markers)).toHaveLength(1);
  });
});

describe('messages to whoever is there', () => {
  it.each([
    'parent.postMessage(data, "*")',
    "parent?.postMessage(data, '*', [port])",
    'w["postMessage"](data, `*`)',
    'postMessage(data, { targetOrigin: "*" })',
    'if (x) { (() => window.parent.postMessage(1, "*"))(); }',
  ])('are found in %s', (code) => {
    expect(wildcardPosts(code)).toBe(1);
  });

  it.each([
    'parent.postMessage("*", "https://shop.example")',
    'port.postMessage(data, [port])',
    'postMessage(data, { targetOrigin: origin, transfer: ["*"] })',
    'allow("*")',
  ])('are not seen in %s', (code) => {
    expect(wildcardPosts(code)).toBe(0);
  });
});

describe('weak randomness', () => {
  it.each(['Math.random()', 'const { id = Math["random"]() } = x', 'f(Math?.random)'])(
    'A101 is found in %s',
    (code) => {
      expect(weakRandomness(code)).toBe(1);
    },
  );

  it.each(['crypto.getRandomValues(x)', '"Math.random()"', 'Math.round(2)', 'faker.random()'])(
    'A101 is not seen in %s',
    (code) => {
      expect(weakRandomness(code)).toBe(0);
    },
  );
});
