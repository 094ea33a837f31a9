import { describe, expect, it } from 'vitest';
import { GroupCommit, type Transactions } from './group-commit.js';

/** Transactions that only write down what happens to them. */
function recorder(overrides: Partial<Transactions> = {}): {
  readonly log: string[];
  readonly transactions: Transactions;
} {
  const log: string[] = [];
  const transactions: Transactions = {
    begin: () => log.push('begin'),
    within: (work) => work(),
    commit: () => log.push('commit'),
    rollback: () => log.push('rollback'),
    elapsed: () => 0,
    ...overrides,
  };
  return { log, transactions };
}

describe('group commit', () => {
  it('commits everything that arrives in one turn together', async () => {
    const { log, transactions } = recorder();
    const group = new GroupCommit(transactions);
    const results = await Promise.all(Array.from({ length: 100 }, (_, index) => group.add(() => index)));
    expect(results).toEqual(Array.from({ length: 100 }, (_, index) => index));
    expect(log).toEqual(['begin', 'commit']);
  });

  it('takes at most 256 items into one commit', async () => {
    const { log, transactions } = recorder();
    const group = new GroupCommit(transactions);
    await Promise.all(Array.from({ length: 257 }, () => group.add(() => 0)));
    expect(log).toEqual(['begin', 'commit', 'begin', 'commit']);
  });

  it('takes no more after 2 ms of work, so that the event loop breathes', async () => {
    let time = 0;
    const { log, transactions } = recorder({ elapsed: () => (time += 1) });
    const group = new GroupCommit(transactions);
    await Promise.all([group.add(() => 0), group.add(() => 0), group.add(() => 0)]);
    expect(log.filter((entry) => entry === 'commit').length).toBe(2);
  });

  it('lets one failing item fail alone', async () => {
    const { log, transactions } = recorder();
    const group = new GroupCommit(transactions);
    const results = await Promise.allSettled([
      group.add(() => 'first'),
      group.add(() => {
        throw new Error('second');
      }),
      group.add(() => 'third'),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(log).toEqual(['begin', 'commit']);
  });

  it('A92 fails all of a batch whose commit fails, and none before it is known', async () => {
    const { log, transactions } = recorder({
      commit: () => {
        throw new Error('disk full');
      },
    });
    const group = new GroupCommit(transactions);
    const results = await Promise.allSettled([group.add(() => 1), group.add(() => 2)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(log).toEqual(['begin', 'rollback']);
  });

  it('fails what waits when no transaction can begin, and works again when one can', async () => {
    let broken = true;
    const { transactions } = recorder({
      begin: () => {
        if (broken) throw new Error('locked');
      },
    });
    const group = new GroupCommit(transactions);
    await expect(group.add(() => 1)).rejects.toThrow('locked');
    broken = false;
    expect(await group.add(() => 2)).toBe(2);
  });
});
