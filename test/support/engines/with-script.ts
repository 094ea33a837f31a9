import type { Site, SiteFile } from '@cloister/elements';
import { inlineScript, integrityOf, withInlineScript } from '../inline-script.js';

/** The elements origin with a script of the test before each of ours; it is given the origin, and hashes are those of the whole. */
export function withScript(run: (origin: string) => void): (site: Site) => Site {
  const first = `(${String(run)})(location.origin);\n`;
  return (site) => {
    const prefixed = ({ body, headers }: SiteFile): SiteFile => {
      const hash = integrityOf(inlineScript(body));
      const changed = withInlineScript(body, (script) => first + script);
      const rehash = (text: string): string => text.replaceAll(hash, integrityOf(inlineScript(changed)));
      // The policy stands in the document, too.
      const rehashed = Object.entries(headers).map(([name, value]) => [name, rehash(value)]);
      return { body: Buffer.from(rehash(changed.toString('utf8'))), headers: Object.fromEntries(rehashed) };
    };
    const files = [...site.files].map(
      ([path, file]) => [path, path.endsWith('.html') ? prefixed(file) : file] as const,
    );
    return { ...site, files: new Map(files) };
  };
}
