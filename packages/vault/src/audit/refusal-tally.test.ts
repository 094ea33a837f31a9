import { VAULT_ROUTES } from '@cloister/protocol';
import { describe, expect, it } from 'vitest';
import { openTestVault } from '../test-support/test-vault.js';
import type { AuditEvent } from './event.js';
import { RefusalTally } from './refusal-tally.js';

const MINUTE = 60_000;
const refused = (change: Partial<AuditEvent> = {}): AuditEvent => ({
  at: MINUTE,
  request: 'r',
  operation: 'reveal',
  refused: 'session',
  ...change,
});

describe('refusals', () => {
  it('A91 are written one by one first, then counted, and nothing is lost', () => {
    const tally = new RefusalTally(3);
    const written = Array.from({ length: 10 }, () => tally.note(refused(), '192.0.2.1'));
    expect(written.filter(Boolean).length).toBe(3);
    expect(tally.due(MINUTE + 1)).toEqual([]);
    expect(tally.due(2 * MINUTE)).toEqual([{ ...refused({ at: 2 * MINUTE }), repeated: 7 }]);
    expect(tally.due(2 * MINUTE)).toEqual([]);
    expect(tally.note(refused({ at: 2 * MINUTE }), '192.0.2.1')).toBe(true);
  });

  it('of another reason, route, address or caller have rows of their own', () => {
    const tally = new RefusalTally(1);
    const kinds = [
      {},
      { refused: 'proof-key' },
      { operation: 'record.create' },
      { session: 's' },
      { account: 'a' },
    ] as const;
    for (const kind of kinds) expect(tally.note(refused(kind), '192.0.2.1')).toBe(true);
    expect(tally.note(refused(), '192.0.2.2')).toBe(true);
    expect(tally.note(refused(), '192.0.2.1')).toBe(false);
  });

  it('A99 from ever new addresses share rows when there are too many of them', () => {
    const tally = new RefusalTally(1);
    const written = Array.from({ length: 5000 }, (_, at) => tally.note(refused(), `2001:db8:0:${at.toString(16)}`));
    expect(written.filter(Boolean).length).toBe(100);
    expect(tally.due(MINUTE, true)).toEqual([{ ...refused(), repeated: 4900 }]);
  });

  it('that could not be written as a count are counted on', () => {
    const tally = new RefusalTally(0);
    tally.note(refused(), '192.0.2.1');
    const due = tally.due(2 * MINUTE);
    tally.giveBack(due);
    expect(tally.due(3 * MINUTE)).toMatchObject([{ repeated: 1 }]);
  });

  it('A91 A92 of 300 strangers’ requests leave eleven rows, which account for all of them', async () => {
    const vault = await openTestVault();
    const before = (await vault.audited()).length;
    const knock = () =>
      vault.call({ path: VAULT_ROUTES.reveal, headers: { authorization: 'DPoP cls_unknown' }, body: {} });
    const statuses = new Set((await Promise.all(Array.from({ length: 300 }, knock))).map(({ status }) => status));
    expect(statuses).toEqual(new Set([401]));
    vault.advance(MINUTE);
    await knock();
    const rows = (await vault.vault.audit.rows()).slice(before).map(({ body }): unknown => JSON.parse(body));
    expect(rows).toHaveLength(12);
    expect(rows[10]).toMatchObject({ status_detail: 'session', unmapped: { repeated: 290 }, src_endpoint: {} });
    expect(await vault.vault.audit.verify()).toMatchObject({ ok: true });
    await vault.vault.close();
  });
});
