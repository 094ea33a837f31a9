import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { decode, ID, object, record, string, type Infer } from '@cloister/protocol';
import type { Site } from './build-site.js';
import { ENCODINGS } from './encodings.js';

/** `headers.json`: which build is the last, and by path of a file the headers that it must be served with. */
export const HEADERS_FILE = object({
  build: string({ min: 8, max: 64, format: ID }),
  headers: record(
    string({ min: 2, max: 300 }),
    // A policy names up to 50 hosts of 300 characters each.
    record(string({ min: 1, max: 100 }), string({ max: 40_000 }), { max: 60 }),
    { min: 1, max: 1000 },
  ),
});

/**
 * Writes a site into a folder that any static host can serve: every file, the same in each content coding beside it, and
 * `headers.json`, which gives for every path exactly the headers that the host must send with it.
 *
 * What earlier builds left under their own `/b/<build>/` stays, and stays listed: pages that were open before go on.
 */
export async function writeSite(site: Site, folder: string): Promise<void> {
  for (const [path, file] of site.files) {
    const target = join(folder, ...path.split('/'));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, file.body);
    for (const { ending, encode } of ENCODINGS) await writeFile(`${target}${ending}`, encode(file.body));
  }
  const own = Object.fromEntries([...site.files].map(([path, file]) => [path, file.headers]));
  const headers = { ...(await earlier(folder)), ...own };
  await writeFile(join(folder, 'headers.json'), `${JSON.stringify({ build: site.build, headers }, null, 2)}\n`);
}

/** Headers of earlier builds' own files; none in a folder that is new, or whose list nobody can read. */
async function earlier(folder: string): Promise<Infer<typeof HEADERS_FILE>['headers']> {
  try {
    const listed = decode(HEADERS_FILE, JSON.parse(await readFile(join(folder, 'headers.json'), 'utf8')));
    const headers = listed.ok ? listed.value.headers : {};
    return Object.fromEntries(Object.entries(headers).filter(([path]) => path.startsWith('/b/')));
  } catch {
    return {};
  }
}
