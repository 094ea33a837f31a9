import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HEADERS_FILE, type Site, type SiteFile } from '@cloister/elements';
import { decode } from '@cloister/protocol';
import { CliFailure } from '../failure.js';

const SEGMENT_CHARACTER = /^[\w.~-]$/u;

/**
 * Reads a folder that `cloister build` wrote into memory, once. Nothing that a request says is ever used as a path (A87).
 *
 * @throws CliFailure `folder` when headers.json is missing or wrong, or a file that it lists is missing.
 */
export async function readBuiltSite(folder: string): Promise<Site> {
  const listed = decode(HEADERS_FILE, await readHeaders(folder), 'shown');
  if (!listed.ok) throw new CliFailure('folder', `headers.json in ${folder} is not right at ${listed.path || '/'}`);
  const files = await Promise.all(
    Object.entries(listed.value.headers).map(async ([path, headers]): Promise<[string, SiteFile]> => {
      if (!isPlainPath(path))
        throw new CliFailure('folder', `headers.json in ${folder} lists a path that is not plain`);
      return [path, { headers, body: await readListed(folder, path) }];
    }),
  );
  return { build: listed.value.build, files: new Map(files) };
}

async function readHeaders(folder: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(join(folder, 'headers.json'), 'utf8'));
  } catch {
    throw new CliFailure('folder', `${folder} has no readable headers.json; make the folder with: cloister build`);
  }
}

async function readListed(folder: string, path: string): Promise<Uint8Array> {
  try {
    return await readFile(join(folder, ...path.split('/')));
  } catch {
    throw new CliFailure('folder', `${folder} lacks ${path}, which its headers.json lists; build it again`);
  }
}

/** Absolute, and every segment made of unreserved characters (RFC 3986 §2.3) and not hidden: it cannot leave the folder. */
export function isPlainPath(path: string): boolean {
  const [root, ...segments] = path.split('/');
  return (
    root === '' &&
    segments.length > 0 &&
    segments.every(
      (segment) =>
        segment !== '' &&
        !segment.startsWith('.') &&
        Array.from(segment).every((character) => SEGMENT_CHARACTER.test(character)),
    )
  );
}
