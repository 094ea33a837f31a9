import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';

const GZIP = Buffer.of(0x1f, 0x8b, 8);

/** What is packed inside of a file (caches keep bodies as they came). */
function unpacked(content: Buffer): readonly Buffer[] {
  const found: Buffer[] = [];
  for (let at = content.indexOf(GZIP); at >= 0; at = content.indexOf(GZIP, at + 1)) {
    try {
      found.push(gunzipSync(content.subarray(at)));
    } catch {
      // These three bytes by chance, or something behind the end; then nothing can be read out of it this way.
    }
  }
  return found;
}

/**
 * Files of a browser's profile in which one of the texts stands, in UTF-8 or UTF-16. LevelDB packs only what it compacts, and
 * SQLite nothing: after a run of some seconds texts lie there as they are.
 */
export async function filesWith(folder: string, texts: readonly string[]): Promise<readonly string[]> {
  const needles = texts.flatMap((text) => [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')]);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const content = await readFile(path);
    if ([content, ...unpacked(content)].some((bytes) => needles.some((needle) => bytes.includes(needle))))
      found.push(relative(folder, path));
  }
  return found;
}
