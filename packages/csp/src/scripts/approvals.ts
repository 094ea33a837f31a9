import { array, decode, object, oneOf, optional, string, type Infer } from '@cloister/protocol';

/**
 * `payment-scripts.json`: which scripts may run in a payment page, who said so and why (PCI DSS 4.0.1, 6.4.3: each script is authorised, its
 * integrity is assured, and an inventory has its written justification).
 */

const text = (max: number) => string({ min: 1, max });
/** `2026-11-22`; whether it is a day of the calendar is checked beside it. */
const day = string({ min: 10, max: 10 });

const match = object({
  /** Exact address. With a query: only where the script has each of its parameters (`isAddressOf`). */
  src: optional(text(2000)),
  /** Beginning of an address, up to a slash; wants a reason in `justification`. */
  below: optional(text(2000)),
  /** Hash of what stands in the document or was made of text. */
  hash: optional(text(100)),
});

const approval = object({
  id: text(100),
  match,
  /** `pinned`: only with these hashes. `evergreen`: its maker changes it at will, and answers for it. */
  integrity: oneOf(['pinned', 'evergreen']),
  /** `sha384-…` of each version that may run. For `pinned`, at least one. */
  hashes: optional(array(text(100), { max: 50 })),
  owner: text(200),
  justification: text(2000),
  approvedBy: text(200),
  approved: day,
  /** Last day on which the approval counts. */
  review: day,
});

export const approvalsSchema = object({
  $schema: optional(text(300)),
  page: text(2000),
  scripts: array(approval, { max: 1000 }),
});

/** One approval. */
export type Approval = Infer<typeof approval>;
/** The whole file. */
export type Approvals = Infer<typeof approvalsSchema>;

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/u;
const isDay = (text: string): boolean => {
  const time = ISO_DAY.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};
/** With a host, so that it is not the whole web. */
const isFolder = (address: string): boolean =>
  address.endsWith('/') && URL.canParse(address) && address.startsWith(`${new URL(address).origin}/`);
const HASH = /^sha(?:256|384|512)-[\w+/]+={0,2}$/u;

/** What a schema cannot say of an approval: each with whether it is so, and the words for it. */
function flaws({ match: { src, below, hash }, integrity, hashes = [], approved, review }: Approval) {
  const named = hash === undefined ? hashes : [...hashes, hash];
  return [
    [
      [src, below, hash].filter((one) => one !== undefined).length !== 1,
      'match takes exactly one of src, below and hash',
    ],
    [below !== undefined && !isFolder(below), 'below is an address with its host, and ends with a slash'],
    [![approved, review].every(isDay), 'days are days of the calendar, written as 2026-11-22'],
    [review < approved, 'it is to be reviewed before it was approved'],
    [integrity === 'pinned' && named.length === 0, 'pinned scripts need hashes'],
    [!named.every((one) => HASH.test(one)), 'a hash is written as sha384-…'],
  ] as const;
}

function flaw(approval: Approval): string | undefined {
  const found = flaws(approval).find(([isSo]) => isSo);
  return found === undefined ? undefined : `${approval.id}: ${found[1]}`;
}

/** The file, or what is wrong with it. */
export type ReadApprovals =
  { readonly ok: true; readonly approvals: Approvals } | { readonly ok: false; readonly problem: string };

/** Reads the file. The first thing that is wrong is named with the id of its approval, or its place (RFC 6901). */
export function readApprovals(value: unknown): ReadApprovals {
  const read = decode(approvalsSchema, value, 'shown');
  if (!read.ok) return { ok: false, problem: `${read.path}: ${read.problem}` };
  const { scripts } = read.value;
  const wrong = scripts.map(flaw).find((one) => one !== undefined);
  if (wrong !== undefined) return { ok: false, problem: wrong };
  const ids = scripts.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  return twice === undefined ? { ok: true, approvals: read.value } : { ok: false, problem: `${twice} stands twice` };
}
