import { createHash } from 'node:crypto';
import type { Site, SiteFile } from '@cloister/elements';

const integrityOf = (body: Uint8Array): string => `sha384-${createHash('sha384').update(body).digest('base64')}`;

/** The elements origin with a script of the test before each of ours; it is given the origin, and hashes are those of the whole. */
export function withScript(run: (origin: string) => void): (site: Site) => Site {
  const first = `(${String(run)})(location.origin);\n`;
  return (site) => {
    const hashes = new Map<string, string>();
    const prefixed = (file: SiteFile): SiteFile => {
      const body = Buffer.concat([Buffer.from(first), file.body]);
      hashes.set(integrityOf(file.body), integrityOf(body));
      return { ...file, body };
    };
    const scripts = [...site.files].map(
      ([path, file]) => [path, path.endsWith('.js') && !path.endsWith('/purify.js') ? prefixed(file) : file] as const,
    );
    const rehashed = (text: string): string =>
      [...hashes].reduce((all, [before, now]) => all.replaceAll(before, now), text);
    const files = scripts.map(([path, { body, headers }]) => {
      if (!path.endsWith('.html')) return [path, { body, headers }] as const;
      const named = Object.entries(headers).map(([name, value]) => [name, rehashed(value)]);
      return [
        path,
        { body: Buffer.from(rehashed(Buffer.from(body).toString())), headers: Object.fromEntries(named) },
      ] as const;
    });
    return { ...site, files: new Map(files) };
  };
}
