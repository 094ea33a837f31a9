import { isAddressOf } from './address.js';
import type { Inventory, RanScript } from './inventory.js';

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** A file that a person is to go on with, or why the one that is there cannot be. */
export type Draft =
  | { readonly ok: true; readonly file: object; readonly added: readonly string[] }
  | { readonly ok: false; readonly problem: string };

/** Whether an entry of the file, finished or not, is about a script. */
function isAbout(entry: unknown, script: RanScript): boolean {
  const { src, hash } = script;
  const match = isFields(entry) ? entry['match'] : undefined;
  if (!isFields(match)) return false;
  const { src: exact, below, hash: text } = match;
  if (src === '') return text === hash;
  return (
    (typeof exact === 'string' && isAddressOf(exact, script)) ||
    (typeof below === 'string' && below !== '' && src.startsWith(below))
  );
}

const idsOf = (entries: readonly unknown[]): ReadonlySet<unknown> =>
  new Set(entries.map((entry) => (isFields(entry) ? entry['id'] : undefined)));

/** A word for a script that no other has: the name of its file, or its kind and the beginning of its hash. */
function idOf({ src, kind, hash }: RanScript, taken: ReadonlySet<unknown>): string {
  const name = src.split('/').findLast((part) => part !== '') ?? '';
  const plain = (src === '' ? `${kind}-${hash.slice('sha384-'.length, 'sha384-'.length + 8)}` : name)
    .replaceAll(/[^\w.-]/gu, '')
    .slice(0, 80);
  const free = (count: number): string => {
    const id = count === 1 ? plain : `${plain}-${String(count)}`;
    return taken.has(id) ? free(count + 1) : id;
  };
  return free(1);
}

const entryFor = (id: string, script: RanScript, hashes: readonly string[]): Fields => ({
  id,
  match: script.src === '' ? { hash: script.hash } : { src: script.src },
  integrity: 'pinned',
  ...(script.src === '' ? {} : { hashes }),
  owner: '',
  justification: '',
  approvedBy: '',
  approved: '',
  review: '',
});

/**
 * Adds the scripts of an inventory that a file of approvals does not name, for a person to say who answers for each, and why it is there.
 * Until that is done, `readApprovals` refuses the file.
 *
 * What stands in the file stays, to the word, finished or not. A script that is named there and has changed is not added: that is a finding.
 *
 * @param existing what was read from the file; `undefined` where there is none.
 */
export function draftApprovals({ page, scripts }: Inventory, existing: unknown): Draft {
  const before = existing ?? { page, scripts: [] };
  if (!isFields(before)) return { ok: false, problem: 'it is not an object' };
  const entries = before['scripts'] ?? [];
  if (!isList(entries)) return { ok: false, problem: '/scripts: it is not a list' };
  const added: Fields[] = [];
  for (const script of scripts) {
    if ([...entries, ...added].some((entry) => isAbout(entry, script))) continue;
    const hashes = scripts.filter(({ src }) => src !== '' && src === script.src).map(({ hash }) => hash);
    added.push(entryFor(idOf(script, idsOf([...entries, ...added])), script, [...new Set(hashes)]));
  }
  return {
    ok: true,
    file: { ...before, scripts: [...entries, ...added] },
    added: added.map(({ id }) => String(id)),
  };
}
