import { describe, expect, it } from 'vitest';
import { readApprovals, type Approvals } from './approvals.js';
import { draftApprovals } from './draft.js';
import { approvedHashes, integrityTags } from './integrity.js';
import type { RanScript } from './inventory.js';

const PAGE = 'https://shop.example/checkout';
const hash = (letter: string): string => `sha384-${letter.repeat(64)}`;
const script = (rest: Partial<RanScript>): RanScript => ({
  kind: 'external',
  src: 'https://shop.example/shop.js',
  hash: hash('a'),
  length: 10,
  initiator: PAGE,
  frame: PAGE,
  ...rest,
});
const drafted = (scripts: readonly RanScript[], existing?: unknown): ReturnType<typeof draftApprovals> =>
  draftApprovals({ page: PAGE, seen: '2026-06-01T00:00:00Z', scripts }, existing);

describe('a draft of approvals', () => {
  it('names each script once, with all its versions, and nobody who answers for it', () => {
    const inline = script({ kind: 'inline', src: '', hash: hash('c') });
    const draft = drafted([script({}), script({ hash: hash('b') }), inline, inline]);
    expect(draft).toMatchObject({ ok: true, added: ['shop.js', 'inline-cccccccc'] });
    expect(draft.ok && draft.file).toMatchObject({
      page: PAGE,
      scripts: [
        { match: { src: script({}).src }, hashes: [hash('a'), hash('b')], owner: '' },
        { match: { hash: hash('c') } },
      ],
    });
  });

  it('is refused as approvals until a person has filled it in', () => {
    const draft = drafted([script({})]);
    expect(readApprovals(draft.ok ? draft.file : undefined)).toEqual({
      ok: false,
      problem: '/scripts/0/owner: too-short',
    });
  });

  it.each<[string, unknown]>([
    ['is finished', { id: 'x', match: { src: script({}).src }, owner: 'Ann', extra: 'word' }],
    ['is a draft still', { id: 'x', match: { src: script({}).src }, owner: '' }],
    ['has another content', { id: 'x', match: { src: script({}).src }, hashes: [hash('z')] }],
    ['names its folder', { id: 'x', match: { below: 'https://shop.example/' } }],
  ])('keeps an entry to the word that %s, and adds no second one', (_, entry) => {
    const existing = { $schema: 's', page: 'kept', note: 'kept', scripts: [entry] };
    expect(drafted([script({})], existing)).toEqual({ ok: true, file: existing, added: [] });
  });

  it('finds an id that is free', () => {
    const existing = {
      page: PAGE,
      scripts: [{ id: 'shop.js', match: { src: 'https://other.example/shop.js' } }, 'no entry'],
    };
    expect(drafted([script({})], existing)).toMatchObject({ added: ['shop.js-2'] });
  });

  it.each([[[]], ['text'], [{ scripts: {} }]])('is not made of a file that is none: %j', (existing) => {
    expect(drafted([], existing)).toMatchObject({ ok: false });
  });
});

describe('approvals', () => {
  const base = { owner: 'o', justification: 'j', approvedBy: 'a', approved: '2026-01-01', review: '2026-12-31' };
  const approvals: Approvals = {
    page: PAGE,
    scripts: [
      {
        id: 'a',
        match: { src: 'https://a.example/?a&b="<' },
        integrity: 'pinned',
        hashes: [hash('a'), hash('b')],
        ...base,
      },
      { id: 'b', match: { src: 'https://b.example/tag.js' }, integrity: 'evergreen', hashes: [hash('x')], ...base },
      { id: 'c', match: { hash: hash('c') }, integrity: 'pinned', ...base },
      { id: 'd', match: { hash: hash('c') }, integrity: 'pinned', hashes: [hash('a')], ...base },
    ],
  };

  it('give the hashes of what is approved by content, each once', () => {
    expect(approvedHashes(approvals)).toEqual([hash('a'), hash('b'), hash('c')]);
  });

  it('give elements with integrity, and none for what its maker changes', () => {
    expect(integrityTags(approvals)).toEqual([
      {
        id: 'a',
        tag: `<script src="https://a.example/?a&amp;b=&quot;&lt;" integrity="${hash('a')} ${hash('b')}" crossorigin="anonymous"></script>`,
      },
      { id: 'b', tag: undefined },
    ]);
  });
});
