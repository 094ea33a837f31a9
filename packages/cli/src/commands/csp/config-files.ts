import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { globMatches, isGlob, type ConfigText, type IncludeReader } from '@cloister/csp';

/** Configuration files are small; what is not is none, and neither is a device. */
const MOST_BYTES = 2_000_000;
/** Where packages put the configuration: in a copy of it, such paths are meant below the copy. */
const INSTALLED = ['/etc/nginx/', '/etc/apache2/', '/etc/httpd/'];

/** A path as it is told: from the working folder where it lies below it. */
export function nameIn(folder: string, path: string): string {
  const below = relative(folder, path);
  return below.startsWith('..') || isAbsolute(below) ? path : below.split(sep).join('/');
}

function readOne(folder: string, path: string): readonly ConfigText[] {
  try {
    const { size } = statSync(path);
    if (!statSync(path).isFile() || size > MOST_BYTES) return [];
    return [{ name: nameIn(folder, path), text: readFileSync(path, 'utf8') }];
  } catch {
    return [];
  }
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** As `glob(3)`: a star does not stand for a dot at the beginning. */
const fits = (pattern: string, name: string): boolean =>
  globMatches(pattern, name) && (pattern.startsWith('.') || !name.startsWith('.'));

/** Paths that a path with stars means. */
const pathsOf = (path: string): readonly string[] =>
  path.split(sep).reduce<readonly string[]>(
    (folders, part) =>
      isGlob(part)
        ? folders.flatMap((folder) =>
            entriesOf(folder === '' ? sep : folder)
              .filter((name) => fits(part, name))
              .map((name) => `${folder}${sep}${name}`),
          )
        : folders.map((folder) => (folder === '' && part === '' ? '' : `${folder}${sep}${part}`)),
    [''],
  );

/** Where includes begin: nginx takes the folder of its main file, which for a file of `sites-enabled` is the one above. */
export interface IncludeBase {
  readonly cwd: string;
  /** The file that is read; `undefined` for standard input. */
  readonly file: string | undefined;
  /** The folder that was named. */
  readonly prefix: string | undefined;
}

function rootsOf({ cwd, file, prefix }: IncludeBase): readonly string[] {
  if (prefix !== undefined) return [resolve(cwd, prefix)];
  if (file === undefined) return [cwd];
  const own = dirname(resolve(cwd, file));
  return [own, dirname(own)];
}

/** Reads what `include` names from files: the first folder that has some. */
export function fileReader(base: IncludeBase): IncludeReader {
  const roots = rootsOf(base);
  return (path) => {
    const installed = INSTALLED.find((folder) => path.startsWith(folder));
    const inRoots = roots.map((root) => join(root, path.slice(installed?.length ?? 0)));
    const places = isAbsolute(path) ? [...(installed === undefined ? [] : inRoots), path] : inRoots;
    for (const place of places) {
      const texts = pathsOf(resolve(place)).flatMap((each) => readOne(base.cwd, each));
      if (texts.length > 0) return texts;
    }
    return [];
  };
}
