/**
 * Why this exists: a bundle carries other people's code; its first line says whose, and under which licence.
 */
import { readFileSync } from 'node:fs';

const ROOT = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/**
 * @param {{ moduleIds: readonly string[] }} chunk
 * @returns {string}
 */
export function licenceBanner({ moduleIds }) {
  const names = new Set(moduleIds.map(dependencyOf).filter((name) => name !== undefined));
  const parts = [...names].sort().map(licenceOf);
  const contains = parts.length === 0 ? '' : `; contains ${parts.join(', ')}`;
  return `/*! Cloister ${ROOT.version} ${ROOT.license}${contains} */`;
}

function dependencyOf(id) {
  const path = id.split('/node_modules/')[1];
  if (path === undefined) return undefined;
  const [first, second] = path.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

function licenceOf(name) {
  const manifest = JSON.parse(
    readFileSync(new URL(`../../node_modules/${name}/package.json`, import.meta.url), 'utf8'),
  );
  return `${name} ${manifest.version} ${manifest.license}`;
}
