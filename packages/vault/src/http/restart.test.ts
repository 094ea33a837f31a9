import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VAULT_ROUTES } from '@cloister/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeProof, testKey } from '../test-support/proof.js';
import { CARD, ELEMENTS, HOST, START, VAULT, type TestVault, openTestVault } from '../test-support/test-vault.js';

/*
 * A thief who has a session token and proofs that were used, and a session with uses left. What the process remembers of
 * used proofs ends with it; he sends them again to the next.
 */
const key = testKey();
const url = `${VAULT}${VAULT_ROUTES.records}`;

let folder: string;
let vault: TestVault;
let session: string;
/** The vault's clock: turned by hand, or the machine's. */
let now: () => number;

async function start(clock: () => number): Promise<void> {
  now = clock;
  vault = await openTestVault({ data: folder, now });
  session = await vault.session(key, { purpose: 'collect', collection: 'cards', origin: HOST, uses: 5 });
}

async function restart(clock: () => number): Promise<void> {
  await vault.vault.close();
  now = clock;
  vault = await openTestVault({ data: folder, now });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cloister-restart-'));
});
afterEach(async () => {
  await vault.vault.close();
  rmSync(folder, { recursive: true, force: true });
});

const proofAt = (milliseconds: number): string => makeProof({ key, token: session, url, now: milliseconds });

/** Sends a card; the idempotency key is the sender's to choose, so a thief takes a new one. */
async function send(proof: string): Promise<number> {
  const headers = {
    origin: ELEMENTS,
    authorization: `DPoP ${session}`,
    dpop: proof,
    'idempotency-key': crypto.randomUUID(),
  };
  const body = { collection: 'cards', origin: HOST, values: CARD };
  return (await vault.call({ path: VAULT_ROUTES.records, headers, body })).status;
}

describe('a proof that was used before a restart', () => {
  it('A75 A76 is refused in the second of the restart, and what is dated after it counts', async () => {
    await start(() => START + 200);
    const proof = proofAt(START + 200);
    // Here the vault began within the second: by its date, the proof could be older than it.
    expect(await send(proof)).toBe(401);
    await restart(() => START + 1000);
    const used = proofAt(START + 1000);
    expect(await send(used)).toBe(201);
    await restart(() => START + 1600);
    expect(await send(used)).toBe(401);
    expect((await vault.audited()).at(-1)).toBe('record.create proof-time');
    now = () => START + 2000;
    expect(await send(used)).toBe(401);
    await restart(() => START + 2000);
    expect(await send(proofAt(START + 2000))).toBe(201);
  });

  it('A75 A76 is refused when it was dated ahead: it waited for its time, and is older than the next start', async () => {
    await start(Date.now);
    const from = (Math.floor(Date.now() / 1000) + 2) * 1000;
    const ahead = proofAt(from);
    expect(await send(ahead)).toBe(201);
    await restart(Date.now);
    expect(await send(ahead)).toBe(401);
    expect((await vault.audited()).at(-1)).toBe('record.create proof-time');
  });

  it('A75 A76 is not forgotten while it waits: the second of two is refused at once', async () => {
    await start(Date.now);
    const ahead = proofAt((Math.floor(Date.now() / 1000) + 2) * 1000);
    const statuses = await Promise.all([send(ahead), send(ahead)]);
    expect(statuses.toSorted((one, other) => one - other)).toEqual([201, 401]);
  });
});

describe('a vault that starts', () => {
  it('listens from the next second on, so that no honest proof is older than it', async () => {
    const begun = Date.now();
    await start(() => START + 100 + Date.now() - begun);
    await vault.vault.listen({ host: '127.0.0.1', port: 0 });
    expect(now()).toBeGreaterThanOrEqual(START + 1000);
    expect(await send(proofAt(now()))).toBe(201);
  });
});
