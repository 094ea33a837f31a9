import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { verifyChain, type AuditVerdict } from './audit/chain.js';
import { loadKeyFile } from './crypto/key-file.js';
import { KEY_BYTES, keyRing, type KeyRing } from './crypto/key-ring.js';
import { makeServer } from './http/server.js';
import { DEFAULT_LIMITS, type Vault, type VaultOptions } from './options.js';
import type { Core } from './service/core.js';
import { credentialsOf } from './service/service-credential.js';
import { openSqliteStore } from './store/sqlite/open-store.js';
import type { SweepCounts } from './store/store.js';
import { MINUTE, SECOND } from './time/clock.js';

const IN_MEMORY = ':memory:';

function openCore({ config, data, keyFile, now = Date.now }: VaultOptions): Core {
  const inMemory = data === IN_MEMORY;
  if (!inMemory) mkdirSync(data, { recursive: true, mode: 0o700 });
  const database = inMemory ? IN_MEMORY : join(data, 'vault.db');
  const kek = inMemory ? randomBytes(KEY_BYTES) : loadKeyFile({ keyFile: keyFile ?? join(data, 'kek.key'), database });
  const keys: KeyRing = keyRing(kek);
  kek.fill(0);
  return { config, keys, now, store: openSqliteStore(database, keys, now()) };
}

const sweep = ({ store, now }: Core): Promise<SweepCounts> =>
  store.sweep({ at: now(), request: randomUUID(), operation: 'retention.delete' });

async function verify({ store, keys }: Core): Promise<AuditVerdict> {
  const [rows, head] = await Promise.all([store.auditRows(), store.auditHead()]);
  return verifyChain(rows, head, (bytes) => keys.mac('audit-head', bytes));
}

/** Once a minute, without keeping the process alive; a failure waits for the next turn. */
function sweepRegularly(core: Core): () => void {
  const timer = setInterval(() => {
    sweep(core).catch(() => undefined);
  }, MINUTE);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}

/**
 * Opens a vault: its key, its database, its HTTP service. `listen` starts serving.
 *
 * Security: one process per data folder; the memory of used proofs lives in it.
 *
 * @throws VaultStartError when key or database are not as they must be.
 */
export async function openVault(options: VaultOptions): Promise<Vault> {
  const core = openCore(options);
  const app = makeServer({
    core,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    hosts: new Set(
      [new URL(options.config.vault).host, ...(options.allowedHosts ?? [])].map((host) => host.toLowerCase()),
    ),
    trustedProxies: options.trustedProxies ?? [],
    log: options.log,
    reports: options.reports,
  });
  const nextSecond = Math.ceil(core.now() / SECOND) * SECOND;
  await app.ready();
  const stopSweeping = sweepRegularly(core);
  const close = async (): Promise<void> => {
    stopSweeping();
    await app.close();
    await core.store.close();
  };
  let closing: Promise<void> | undefined;
  return {
    app,
    audit: { rows: () => core.store.auditRows(), verify: () => verify(core) },
    listen: async ({ host, port }) => {
      // Proofs are dated in whole seconds: those of the second in which we began look older than us, and would be refused.
      await delay(Math.max(0, nextSecond - core.now()));
      return { url: await app.listen({ host, port }) };
    },
    credentials: credentialsOf(core),
    sweep: () => sweep(core),
    close: () => (closing ??= close()),
  };
}
