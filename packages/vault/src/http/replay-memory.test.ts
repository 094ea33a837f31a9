import { describe, expect, it } from 'vitest';
import { ReplayMemory } from './replay-memory.js';

describe('memory of used proofs', () => {
  it('A75 knows an id again until it has expired', () => {
    const memory = new ReplayMemory(10, 1000);
    expect(memory.take('a', 0)).toBe('fresh');
    expect(memory.take('a', 999)).toBe('replayed');
    expect(memory.take('a', 1000)).toBe('fresh');
  });

  it('A75 fails closed when it is full, and has room again when ids have expired', () => {
    const memory = new ReplayMemory(2, 1000);
    expect([memory.take('a', 0), memory.take('b', 500), memory.take('c', 600)]).toEqual(['fresh', 'fresh', 'full']);
    expect(memory.take('a', 600)).toBe('replayed');
    expect(memory.take('c', 1000)).toBe('fresh');
    expect(memory.take('d', 1000)).toBe('full');
  });
});
