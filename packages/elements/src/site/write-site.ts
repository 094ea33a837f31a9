import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Site } from './build-site.js';

/**
 * Writes a site into a folder that any static host can serve, and `headers.json`, which gives for every path exactly the
 * headers that the host must send with it.
 */
export async function writeSite(site: Site, folder: string): Promise<void> {
  for (const [path, file] of site.files) {
    const target = join(folder, ...path.split('/'));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, file.body);
  }
  const headers = Object.fromEntries([...site.files].map(([path, file]) => [path, file.headers]));
  await writeFile(join(folder, 'headers.json'), `${JSON.stringify({ build: site.build, headers }, null, 2)}\n`);
}
