import { describe, expect, it } from 'vitest';
import { Secret } from './secret.js';

const CANARY = '4242424242424242';

describe('Secret', () => {
  it('gives its text to whoever asks for it by name', () => {
    expect(new Secret(CANARY).expose()).toBe(CANARY);
  });

  it.each([
    ['structured clone', (secret: Secret) => JSON.stringify(structuredClone(secret))],
    ['JSON', (secret: Secret) => JSON.stringify({ secret })],
    ['concatenation', (secret: Secret) => `value: ${String(secret)}`],
    ['its keys', (secret: Secret) => JSON.stringify(Object.entries(secret))],
  ])('T01 arrives empty through %s', (_, through) => {
    expect(through(new Secret(CANARY))).not.toContain('4242');
  });
});
