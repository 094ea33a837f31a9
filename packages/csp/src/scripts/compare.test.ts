import { describe, expect, it } from 'vitest';
import { readApprovals, type Approval } from './approvals.js';
import { compareScripts, isAlarm } from './compare.js';
import type { RanScript } from './inventory.js';

const hash = (letter: string): string => `sha384-${letter.repeat(64)}`;
const APPROVAL = {
  id: 'shop',
  match: { src: 'https://shop.example/shop.js' },
  integrity: 'pinned',
  hashes: [hash('a')],
  owner: 'web team',
  justification: 'the shop itself',
  approvedBy: 'Ann',
  approved: '2026-01-10',
  review: '2026-12-31',
} as const satisfies Approval;

const LOADER = 'https://tags.example/load.js';

const file = (...scripts: readonly object[]): unknown => ({ page: 'https://shop.example/checkout', scripts });
const script = (rest: Partial<RanScript> = {}): RanScript => ({
  kind: 'external',
  src: 'https://shop.example/shop.js',
  hash: hash('a'),
  length: 10,
  initiator: 'https://shop.example/checkout',
  frame: 'https://shop.example/checkout',
  ...rest,
});

function compared(scripts: readonly RanScript[], approvals: readonly object[], today = '2026-06-01') {
  const read = readApprovals(file(...approvals));
  if (!read.ok) throw new Error(read.problem);
  const inventory = { page: 'https://shop.example/checkout', seen: '2026-06-01T00:00:00Z', scripts };
  return compareScripts(inventory, read.approvals, today);
}

describe('approvals', () => {
  it.each<[string, object]>([
    ['no justification', { ...APPROVAL, justification: '' }],
    ['no owner', { ...APPROVAL, owner: undefined }],
    ['two ways to match', { ...APPROVAL, match: { src: 'https://a.example/', hash: hash('a') } }],
    ['no way to match', { ...APPROVAL, match: {} }],
    ['every address there is', { ...APPROVAL, match: { below: 'https://' } }],
    ['a folder of no host', { ...APPROVAL, match: { below: '/js/' } }],
    ['a day that no calendar has', { ...APPROVAL, review: '2026-12-32' }],
    ['a day that February has not', { ...APPROVAL, review: '2026-02-30' }],
    ['half a folder', { ...APPROVAL, match: { below: 'https://a.example/js' } }],
    ['nothing to pin', { ...APPROVAL, hashes: [] }],
    ['a hash that is none', { ...APPROVAL, hashes: ['sha1-abc'] }],
    ['a day that is none', { ...APPROVAL, review: '31.12.2026' }],
    ['a review before its approval', { ...APPROVAL, review: '2025-12-31' }],
    ['a key that nobody knows', { ...APPROVAL, note: 'x' }],
  ])('are refused with %s', (_, approval) => {
    expect(readApprovals(file(approval))).toMatchObject({ ok: false });
  });

  it('are refused where an id stands twice', () => {
    expect(readApprovals(file(APPROVAL, APPROVAL))).toEqual({ ok: false, problem: 'shop stands twice' });
  });
});

describe('the scripts of a page', () => {
  it('that are approved and unchanged are no finding', () => {
    expect(compared([script()], [APPROVAL])).toEqual([]);
  });

  it.each<[string, Partial<RanScript>, object, string]>([
    ['has another content', { hash: hash('b') }, {}, 'changed'],
    ['has another address', { src: 'https://shop.example/other.js' }, {}, 'unknown'],
    ['has an address that only begins so', { src: 'https://shop.example/shop.js.evil' }, {}, 'unknown'],
    ['stands in the document', { src: '', kind: 'inline' }, {}, 'unknown'],
    [
      'is on a host that looks like it',
      { src: 'https://shop.example.evil/shop.js' },
      { match: { below: 'https://shop.example/' } },
      'unknown',
    ],
    [
      'is text, where a hash was approved for text',
      { src: '', hash: hash('c') },
      { match: { hash: hash('b') } },
      'unknown',
    ],
    [
      'is another container of the same loader',
      { src: LOADER, query: '?id=EVIL', hash: hash('b') },
      { match: { src: `${LOADER}?id=OURS` }, integrity: 'evergreen' },
      'unknown',
    ],
    [
      'names two containers',
      { src: LOADER, query: '?id=EVIL&id=OURS', hash: hash('b') },
      { match: { src: `${LOADER}?id=OURS` }, integrity: 'evergreen' },
      'unknown',
    ],
    [
      'names two containers, one of them in another writing',
      { src: LOADER, query: '?%69d=EVIL&id=OURS', hash: hash('b') },
      { match: { src: `${LOADER}?id=OURS` }, integrity: 'evergreen' },
      'unknown',
    ],
    [
      'names no container',
      { src: LOADER, hash: hash('b') },
      { match: { src: `${LOADER}?id=OURS` }, integrity: 'evergreen' },
      'unknown',
    ],
  ])('are found where one %s', (_, change, approval, problem) => {
    const found = compared([script(change)], [{ ...APPROVAL, ...approval }]);
    expect(found[0]).toMatchObject({ problem });
    expect(found.some(isAlarm)).toBe(true);
  });

  it.each<[string, Partial<RanScript>, object]>([
    ['changes, and is evergreen', { hash: hash('b') }, { integrity: 'evergreen' }],
    ['is below a folder', { src: 'https://shop.example/js/a.js' }, { match: { below: 'https://shop.example/js/' } }],
    ['is text with that hash', { src: '', kind: 'handler', hash: hash('b') }, { match: { hash: hash('b') } }],
    [
      'is the container that was approved',
      { src: LOADER, query: '?v=7&id=OURS', hash: hash('b') },
      { match: { src: `${LOADER}?id=OURS` }, integrity: 'evergreen' },
    ],
    ['has a query that nobody asked about', { query: '?v=1' }, {}],
    ['is one of several versions', { hash: hash('b') }, { hashes: [hash('a'), hash('b')] }],
  ])('may run where one %s', (_, change, approval) => {
    expect(compared([script(change)], [{ ...APPROVAL, ...approval }])).toEqual([]);
  });

  it('are due for review the day after, whether they ran or not', () => {
    expect(compared([script()], [APPROVAL], '2026-12-31')).toEqual([]);
    expect(compared([script()], [APPROVAL], '2027-01-01')).toMatchObject([{ problem: 'expired', approval: 'shop' }]);
  });

  it('that did not run are a note and no alarm', () => {
    const found = compared([], [APPROVAL]);
    expect(found).toEqual([{ problem: 'absent', approval: 'shop' }]);
    expect(found.some(isAlarm)).toBe(false);
  });
});
