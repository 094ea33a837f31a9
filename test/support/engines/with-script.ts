import type { Site, SiteFile } from '@cloister/elements';
import { inlineScript, integrityOf, withInlineScript } from '../inline-script.js';

/** The elements origin with a script of the test before each of ours; it is given the origin, and hashes are those of the whole. */
export function withScript(run: (origin: string) => void): (site: Site) => Site {
  const first = `(${String(run)})(location.origin);\n`;
  return (site) => {
    const prefixed = ({ body, headers }: SiteFile): SiteFile => {
      const hash = integrityOf(inlineScript(body));
      const changed = withInlineScript(body, (script) => first + script);
      const rehashed = Object.entries(headers).map(([name, value]) => [
        name,
        value.replaceAll(hash, integrityOf(inlineScript(changed))),
      ]);
      return { body: changed, headers: Object.fromEntries(rehashed) };
    };
    const files = [...site.files].map(
      ([path, file]) => [path, path.endsWith('.html') ? prefixed(file) : file] as const,
    );
    return { ...site, files: new Map(files) };
  };
}
