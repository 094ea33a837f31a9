import type { HostPage, ReasonedSource } from '@cloister/csp';
import { CliFailure } from '../failure.js';
import type { SiteNeeds } from './read-site.js';

const asSource =
  (reason: string) =>
  (source: string): ReasonedSource => ({ source, reason });

const listed = (names: readonly string[]): string =>
  names.length > 5 ? `${names.slice(0, 5).join('; ')}; and ${String(names.length - 5)} more` : names.join('; ');

/**
 * A page whose policy has what its site needs.
 *
 * - `hashes`: by content alone; every file must be named with `integrity`, for a browser asks for a file's hash before it has the file (CSP3 §6.7.1.1).
 * - `hosts`: by content what stands in pages, by place what is a file.
 *
 * @throws CliFailure `usage`
 */
export function withSite(page: HostPage, { inline, files, styles, origins, unpinned }: SiteNeeds): HostPage {
  const { mode, hashes = [] } = page;
  if (mode !== 'hashes' && mode !== 'hosts')
    throw new CliFailure(
      'usage',
      `pages that are files cannot have a nonce: --site takes --mode hashes or hosts, not ${mode}`,
    );
  if (mode === 'hashes' && unpinned.length > 0)
    throw new CliFailure(
      'usage',
      `a policy of hashes refuses scripts without integrity: ${listed(unpinned)}. --pin writes it into the pages for files of the site`,
    );
  const style = styles.map((hash) => `'${hash}'`).map(asSource('a style that stands in a page, by its content'));
  const script = mode === 'hosts' ? origins.map(asSource('a page loads a script from there')) : [];
  return {
    ...page,
    hashes: [...new Set([...hashes, ...inline, ...(mode === 'hashes' ? files : [])])],
    more: {
      ...(style.length === 0 ? {} : { 'style-src': style }),
      ...(script.length === 0 ? {} : { 'script-src': script }),
    },
  };
}
