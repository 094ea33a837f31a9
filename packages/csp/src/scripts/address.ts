import type { RanScript } from './inventory.js';

type Parameter = readonly [name: string, value: string];

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What stands behind the question mark, by name. */
const parametersOf = (query: string): readonly Parameter[] =>
  query
    .split(/[?&;]/u)
    .filter((part) => part !== '')
    .map((part): Parameter => {
      const [name = '', ...value] = part.split('=');
      return [decoded(name), decoded(value.join('='))];
    });

/** Each that is wanted is there, and with that value alone: nobody knows which of two a server takes. */
const hasAll = (given: readonly Parameter[], wanted: readonly Parameter[]): boolean =>
  wanted.every(([name, value]) => {
    const values = given.filter(([each]) => each === name).map(([, each]) => each);
    return values.length > 0 && values.every((each) => each === value);
  });

/**
 * Whether an approved address is that of a script. Without a query it stands for any query; with one, for those that have its parameters.
 *
 * Security: a loader of containers is one address for everybody's container, which the query names: `gtm.js?id=…`.
 */
export function isAddressOf(approved: string, { src, query = '' }: Pick<RanScript, 'src' | 'query'>): boolean {
  const at = approved.indexOf('?');
  if (at < 0) return approved === src;
  return approved.slice(0, at) === src && hasAll(parametersOf(query), parametersOf(approved.slice(at)));
}
