import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { main } from '../main.js';
import { fakeTerminal, scratchFolder } from '../test-support/scratch.js';
import { nextLine, readChain } from './chain.js';
import { kept, type Cycle, type Entry, type Found } from './entry.js';
import { addEvidence, chainOf, EVIDENCE } from './folder.js';
import { gaps, scriptsSince } from './history.js';
import { csvReport, htmlEvidence } from './reports.js';

const PAGE = 'https://shop.example/checkout';
const FOUND: Found = {
  problem: 'added',
  kind: 'form',
  name: '=cmd|<script>alert(1)</script>',
  before: [],
  after: 'x',
  note: '',
  loads: 1,
  of: 15,
  profiles: ['mobile'],
};
const cycle = (at: string, scripts: readonly string[] = [], findings: readonly Found[] = []): Entry => ({
  type: 'cycle',
  at,
  page: PAGE,
  loads: 15,
  scripts: scripts.map((src) => ({ src, hash: 'sha384-x', kind: 'external' })),
  findings: [...findings],
});
const approval: Entry = {
  type: 'approval',
  at: '2026-06-02T00:00:00.000Z',
  page: PAGE,
  by: 'Ann',
  because: 'new form',
  baseline: 'a'.repeat(64),
  findings: [FOUND],
};
const written = (entries: readonly Entry[]): string =>
  entries.reduce((text, entry) => `${text}${nextLine(readChain(text), entry)}\n`, '');
const ENTRIES = [cycle('2026-06-01T00:00:00.000Z', ['a.js']), approval, cycle('2026-06-20T00:00:00.000Z', ['b.js'])];

describe('a chain of evidence', () => {
  it('is read as it was written', () => {
    const chain = readChain(written(ENTRIES));
    expect(chain.broken).toBeUndefined();
    expect(chain.lines.map(({ entry }) => entry)).toEqual(ENTRIES);
  });

  it.each<[string, (lines: string[]) => string[], number, string]>([
    ['a line was changed', ([a = '', b = '', c = '']) => [a, b.replace('Ann', 'Bob'), c], 3, 'line 2 was changed'],
    ['a line is missing', ([a = '', , c = '']) => [a, c], 2, 'line 2 is missing'],
    ['the first line is missing', ([, b = '', c = '']) => [b, c], 1, 'line 1 is missing'],
    ['two lines changed places', ([a = '', b = '', c = '']) => [b, a, c], 1, 'line 1 is missing'],
    ['a line stands twice', ([a = '', b = '']) => [a, a, b], 2, 'it says that it is line 1'],
    ['a line is none', ([a = '', , c = '']) => [a, 'none', c], 2, 'no line of evidence'],
  ])('is broken where %s', (_, change, line, why) => {
    const lines = change(written(ENTRIES).trimEnd().split('\n'));
    const { broken } = readChain(`${lines.join('\n')}\n`);
    expect(broken?.line).toBe(line);
    expect(broken?.why).toContain(why);
  });

  it('law: whatever one letter of a line is changed to, the chain does not end in the same head', () => {
    const text = written(ENTRIES);
    const { head } = readChain(text);
    fc.assert(
      fc.property(fc.nat(text.length - 2), fc.constantFrom('0', 'x', ' ', '"', '\n'), (at, letter) => {
        fc.pre(text.charAt(at) !== letter && text.charAt(at) !== '\n');
        const chain = readChain(text.slice(0, at) + letter + text.slice(at + 1));
        expect(chain.broken !== undefined || chain.head !== head).toBe(true);
      }),
    );
  });

  it('Security: says nothing of its last line, for which only a head that was kept vouches', () => {
    const text = written(ENTRIES);
    const changed = readChain(text.replace('b.js', 'c.js'));
    expect(changed.broken).toBeUndefined();
    expect(changed.head).not.toBe(readChain(text).head);
  });

  it('names gaps of more than seven days, also the one until now, and what scripts came and went', () => {
    const { lines } = readChain(written(ENTRIES));
    expect(gaps(lines, '2026-06-28T00:00:00.000Z').map(({ days }) => days)).toEqual([19, 8]);
    expect(gaps(lines, '2026-06-27T00:00:00.000Z').map(({ days }) => days)).toEqual([19]);
    const last = lines.at(-1);
    expect(last === undefined ? {} : scriptsSince(lines, last)).toEqual({
      came: ['b.js sha384-x'],
      went: ['a.js sha384-x'],
    });
  });

  it('is shown without what a page says becoming markup, or a formula', () => {
    const chain = readChain(written([approval]));
    expect(htmlEvidence(chain, '2026-06-03T00:00:00.000Z')).not.toContain('<script');
    const named = readChain(written([{ ...approval, by: '=1+1' }]));
    expect(csvReport(named)).not.toMatch(/(?:^|,|")[=+@-]/mu);
  });
});

describe('cloister csp evidence', () => {
  it('shows a chain that holds, and names the line where one does not', async () => {
    const folder = await scratchFolder();
    for (const entry of ENTRIES) await addEvidence(join(folder, 'evidence'), entry);
    const clean = fakeTerminal(folder);
    expect(await main(['csp', 'evidence', 'evidence', '--html', 'e.html', '--csv', 'e.csv'], clean)).toBe(0);
    expect(clean.printed.join('\n')).toMatch(/by Ann: new form.*GAP.*3 lines/su);
    expect(await readFile(join(folder, 'e.html'), 'utf8')).toContain('3 lines, unbroken');
    expect(await readFile(join(folder, 'e.csv'), 'utf8')).toContain('"2026-06-20T00:00:00.000Z"');

    const file = join(folder, 'evidence', EVIDENCE);
    await writeFile(file, (await readFile(file, 'utf8')).replace('a.js', 'c.js'));
    const changed = fakeTerminal(folder);
    expect(await main(['csp', 'evidence', 'evidence'], changed)).toBe(1);
    expect(changed.noted.join('\n')).toContain('line 1 was changed');
    await expect(addEvidence(join(folder, 'evidence'), approval)).rejects.toThrow('broken at line 2');
  });

  it('notices a cut by a head that was kept elsewhere', async () => {
    const folder = await scratchFolder();
    const evidence = join(folder, 'evidence');
    const heads = [
      await addEvidence(evidence, cycle('2026-06-01T00:00:00.000Z')),
      await addEvidence(evidence, approval),
    ];
    const [first = '', last = ''] = heads;
    const verify = (head: string): Promise<number> =>
      main(['csp', 'evidence', 'evidence', '--head', head], fakeTerminal(folder));
    expect(await verify(first)).toBe(0);
    expect(await verify(last)).toBe(0);
    const file = join(evidence, EVIDENCE);
    const [line = ''] = (await readFile(file, 'utf8')).split('\n');
    await writeFile(file, `${line}\n`);
    expect(await verify(first)).toBe(0);
    expect(await verify(last)).toBe(1);
  });

  it('says in its page, too, that a kept head is missing, and takes no empty one for a head', async () => {
    const folder = await scratchFolder();
    await addEvidence(join(folder, 'evidence'), approval);
    const terminal = fakeTerminal(folder);
    const verify = (head: string): Promise<number> =>
      main(['csp', 'evidence', 'evidence', '--html', 'e.html', '--head', head], terminal);
    expect(await verify('f'.repeat(64))).toBe(1);
    expect(await readFile(join(folder, 'e.html'), 'utf8')).toContain('BROKEN at line 1');
    expect(await verify('0'.repeat(64))).toBe(1);
    expect(await verify('')).toBe(2);
  });

  it.each<[string, Partial<Cycle>]>([
    [
      'a script with a long address',
      { scripts: [{ src: `https://a.example/${'a'.repeat(5000)}`, hash: 'x', kind: 'external' }] },
    ],
    ['a long address of its own', { page: `https://a.example/${'a'.repeat(5000)}` }],
    [
      'more scripts than are kept',
      { scripts: Array.from({ length: 6000 }, (_, at) => ({ src: String(at), hash: 'x', kind: 'eval' })) },
    ],
    [
      'more differences than are kept',
      {
        findings: [
          ...kept(Array.from({ length: 6000 }, () => ({ ...FOUND, name: 'x'.repeat(9000), kind: 'form' as const }))),
        ],
      },
    ],
  ])('A91 goes on after a page that has %s', async (_, page) => {
    const folder = join(await scratchFolder(), 'evidence');
    const hostile = {
      type: 'cycle',
      at: '2026-06-01T00:00:00.000Z',
      page: PAGE,
      loads: 1,
      scripts: [],
      findings: [],
    } as const;
    await addEvidence(folder, { ...hostile, ...page });
    await addEvidence(folder, approval);
    expect(await chainOf(folder)).toMatchObject({ broken: undefined, lines: [{ number: 1 }, { number: 2 }] });
  });

  it('goes on where the last line break was taken away', async () => {
    const folder = join(await scratchFolder(), 'evidence');
    await addEvidence(folder, approval);
    const file = join(folder, EVIDENCE);
    await writeFile(file, (await readFile(file, 'utf8')).trimEnd());
    await addEvidence(folder, approval);
    expect((await chainOf(folder))?.lines).toHaveLength(2);
  });

  it('says that there is none', async () => {
    const terminal = fakeTerminal(await scratchFolder());
    expect(await main(['csp', 'evidence', 'nowhere'], terminal)).toBe(1);
    expect(terminal.noted.join('\n')).toContain('there is no evidence in nowhere');
  });
});
