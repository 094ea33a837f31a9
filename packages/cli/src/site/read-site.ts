import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { CliFailure } from '../failure.js';
import { pageParts, type MarkupScript } from './page-parts.js';

type FileScript = MarkupScript & { readonly kind: 'file' };

/** What a site of files asks of a policy that names scripts by content or place. */
export interface SiteNeeds {
  readonly pages: number;
  /** Of scripts that stand in pages. */
  readonly inline: readonly string[];
  /** Of files that pages load with `integrity`. */
  readonly files: readonly string[];
  /** Of `<style>`. */
  readonly styles: readonly string[];
  /** Origins of scripts that are not the site's own. */
  readonly origins: readonly string[];
  /** Files without `integrity`, as `page: src`; a policy of hashes refuses them. */
  readonly unpinned: readonly string[];
  /** Whether every file is asked for with CORS, as Integrity-Policy wants it. */
  readonly cors: boolean;
  /** What the policy will refuse, and what imports what it cannot know: words for people. */
  readonly notes: readonly string[];
}

const MOST_FILES = 20_000;
const digestOf = (content: string | Uint8Array, algorithm: string): string =>
  `${algorithm}-${createHash(algorithm).update(content).digest('base64')}`;
const hashOf = (content: string | Uint8Array): string => digestOf(content, 'sha384');

const wordsOf = (integrity: string): readonly string[] => integrity.split(/\s+/u).filter((word) => word !== '');
const fits = (integrity: string, content: Uint8Array): boolean =>
  wordsOf(integrity).some((word) => {
    const [, algorithm = ''] = /^(sha256|sha384|sha512)-/u.exec(word) ?? [];
    return algorithm !== '' && digestOf(content, algorithm) === word;
  });

/** @throws CliFailure `folder` */
async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    if (entries.length > MOST_FILES)
      throw new CliFailure('folder', `${folder} has more than ${String(MOST_FILES)} files`);
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (error instanceof CliFailure) throw error;
    throw new CliFailure('folder', `${folder} is no folder that can be read`);
  }
}

function readable(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Where a page's address of a script leads: another origin, a file of the site, or nowhere that is known. */
function placeOf(src: string, page: string, folder: string): { readonly origin: string } | { readonly file: string } {
  const site = new URL('http://site.invalid/');
  const url = URL.canParse(src, site.href)
    ? new URL(src, new URL(relative(folder, page).split(sep).join('/'), site))
    : site;
  if (url.origin !== site.origin) return { origin: url.origin };
  return { file: resolve(folder, `.${readable(url.pathname)}`) };
}

/** Attributes that a script lacks, and where they go. */
interface Pin {
  readonly at: number;
  readonly text: string;
}

interface Collected {
  readonly inline: string[];
  readonly files: string[];
  readonly styles: string[];
  readonly origins: string[];
  readonly unpinned: string[];
  readonly bare: string[];
  readonly notes: string[];
}

const pinOf = ({ at, integrity, cors }: FileScript, hash: string): Pin => ({
  at,
  text: `${integrity === undefined ? ` integrity="${hash}"` : ''}${cors ? '' : ' crossorigin="anonymous"'}`,
});

const IMPORTS = /\bimport\s*(?:[\w*{("']|\/\*)/u;

/** A file of the folder; nothing outside of it is read. */
const readWithin = async (folder: string, file: string): Promise<Buffer | undefined> =>
  file.startsWith(folder + sep) ? readFile(file).catch(() => undefined) : undefined;

/** A file of the site that a page loads; answers how to pin it where the page does not. */
async function readScript(
  script: FileScript,
  where: { readonly page: string; readonly folder: string; readonly found: Collected },
): Promise<readonly Pin[]> {
  const { page, folder, found } = where;
  const name = `${relative(folder, page)}: ${script.src}`;
  if (script.integrity !== undefined) found.files.push(...wordsOf(script.integrity));
  if (!script.cors) found.bare.push(name);
  const place = placeOf(script.src, page, folder);
  if ('origin' in place) {
    found.origins.push(place.origin);
    if (script.integrity === undefined)
      found.unpinned.push(`${name} (not a file of this site; its maker says its integrity)`);
    return [];
  }
  const content = await readWithin(folder, place.file);
  if (content === undefined) {
    found.notes.push(`${name}: there is no such file`);
    return [];
  }
  if (script.module && IMPORTS.test(content.toString('utf8')))
    found.notes.push(`${name}: a policy of hashes refuses what it imports, unless an import map names its integrity`);
  if (script.integrity === undefined) found.unpinned.push(name);
  else if (!fits(script.integrity, content))
    found.notes.push(`${name}: its integrity is not that of the file; browsers refuse it`);
  return [pinOf(script, hashOf(content))].filter(({ text }) => text !== '');
}

/** A page in another encoding would be spoiled by writing it anew, and its hashes would be wrong. @throws CliFailure `folder` */
async function markupOf(page: string): Promise<string> {
  const bytes = await readFile(page);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CliFailure('folder', `${page} is not UTF-8; save it as UTF-8 first`);
  }
}

async function readPage(page: string, folder: string, found: Collected): Promise<readonly Pin[]> {
  const { scripts, styles, refused } = pageParts(await markupOf(page));
  found.styles.push(...styles.map(hashOf));
  found.notes.push(...refused.map((words) => `${relative(folder, page)}: ${words}`));
  const pins: Pin[] = [];
  for (const script of scripts)
    if (script.kind === 'inline') found.inline.push(hashOf(script.text));
    else pins.push(...(await readScript(script, { page, folder, found })));
  return pins;
}

/** From the end to the beginning, so that places before stay where they are. */
async function pinPage(page: string, pins: readonly Pin[]): Promise<void> {
  let markup = await markupOf(page);
  for (const { at, text } of pins.toReversed()) markup = markup.slice(0, at) + text + markup.slice(at);
  await writeFile(page, markup);
}

const unique = (list: readonly string[]): readonly string[] => [...new Set(list)];

/**
 * Reads all pages of a site that is files (`.html`, `.htm`) and the scripts of its own that they load.
 *
 * @param pin - whether `integrity` and `crossorigin` are written into the pages where they are missing; the pages are changed in their folder.
 * @throws CliFailure `folder`
 */
export async function readSite(where: string, pin: boolean): Promise<SiteNeeds> {
  const folder = resolve(where);
  const found: Collected = { inline: [], files: [], styles: [], origins: [], unpinned: [], bare: [], notes: [] };
  const pages = (await filesIn(folder)).filter((file) => /\.html?$/iu.test(file)).toSorted();
  if (pages.length === 0) throw new CliFailure('folder', `${where} has no page (.html)`);
  for (const page of pages) {
    const pins = await readPage(page, folder, found);
    if (pin && pins.length > 0) await pinPage(page, pins);
  }
  if (pin) return readSite(where, false);
  const { inline, files, styles, origins, unpinned, bare, notes } = found;
  return {
    pages: pages.length,
    inline: unique(inline),
    files: unique(files),
    styles: unique(styles),
    origins: unique(origins),
    unpinned: unique(unpinned),
    cors: bare.length === 0,
    notes: unique(notes),
  };
}
