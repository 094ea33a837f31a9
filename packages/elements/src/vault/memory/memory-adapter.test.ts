import { createKey } from '../../coordinator/key.js';
import { shopConfig } from '../test-support/shop-config.js';
import { describeVaultAdapter } from '../vault-adapter.contract.js';
import { memoryAdapter } from './memory-adapter.js';

describeVaultAdapter('the memory adapter', () => {
  let now = 1_900_000_000_000;
  const adapter = memoryAdapter();
  const client = adapter.open({
    collections: shopConfig().collections,
    key: createKey(crypto.subtle),
    fetch: () => Promise.reject(new Error('the memory adapter has no network')),
    crypto,
    now: () => now,
    timeout: () => new AbortController().signal,
  });
  return Promise.resolve({
    client,
    capabilities: adapter.capabilities,
    session: () => Promise.resolve(undefined),
    passTime: (milliseconds) => {
      now += milliseconds;
    },
  });
});
