import { afterEach, describe, expect, it } from 'vitest';
import { memoryAdapter } from '../vault/memory/memory-adapter.js';
import { runCoordinator, type Running } from './test-support/running-coordinator.js';

const running: Running[] = [];
afterEach(() => {
  for (const { destroy } of running.splice(0)) destroy();
});

describe('prepare', () => {
  it('opens the connection to the vault of the configuration, each time that a request is near', async () => {
    const one = runCoordinator();
    running.push(one);
    const first = await one.coordinator.handlers.prepare({});
    expect(await one.coordinator.handlers.prepare({})).toEqual(first);
    expect(one.warmed).toEqual(['https://vault.shop.example', 'https://vault.shop.example']);
    expect(one.vault.requests).toEqual([]);
  });

  it('opens none where there is no network', async () => {
    const one = runCoordinator({ adapter: memoryAdapter() });
    running.push(one);
    await one.coordinator.handlers.prepare({});
    expect(one.warmed).toEqual([]);
  });
});
