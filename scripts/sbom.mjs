/**
 * Why this exists: who installs us must be able to ask "am I affected?" without installing us (CycloneDX). One bill of
 * materials for each published package in `out/sbom`, of what was just built: what npm installs with it, and what its
 * bundles carry inside. It needs no network.
 */
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publishedPackages } from './check-lock.mjs';
import { command } from './lib/command.mjs';
import { bundledParts, packageBom } from './sbom/package-bom.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUT = join(ROOT, 'out/sbom');
const GENERATOR = join(ROOT, 'node_modules/@cyclonedx/cyclonedx-npm/bin/cyclonedx-npm-cli.js');
const OPTIONS = ['--omit', 'dev', '--package-lock-only', '--flatten-components', '--output-reproducible'];

const lock = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8'));
const bom = await repositoryBom();
await mkdir(OUT, { recursive: true });
for (const path of publishedPackages(lock.packages)) {
  const name = path.slice('packages/'.length);
  const bundled = bundledParts(await scriptsIn(join(ROOT, path, 'dist')));
  const text = JSON.stringify(packageBom(bom, { name, bundled, hashOf }), null, 2);
  await writeFile(join(OUT, `${name}.cdx.json`), `${text}\n`);
  const carried = bundled.map((part) => `${part.name} ${part.version}`).join(', ');
  console.log(`out/sbom/${name}.cdx.json${carried === '' ? '' : `: its bundles carry ${carried}`}`);
}

async function repositoryBom() {
  const folder = await mkdtemp(join(tmpdir(), 'cloister-sbom-'));
  try {
    const file = join(folder, 'all.json');
    const args = [GENERATOR, ...OPTIONS, '--spec-version', '1.6', '--output-file', file];
    const { code, output } = await command(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    if (code !== 0) throw new Error(output);
    return JSON.parse(await readFile(file, 'utf8'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Scripts that are one file with everything in it begin with a banner; others import what they use. */
async function scriptsIn(dist) {
  const names = await readdir(dist, { recursive: true });
  const scripts = names.filter((name) => name.endsWith('.js')).sort();
  const texts = scripts.map(async (name) => [`dist/${name}`, await readFile(join(dist, name), 'utf8')]);
  return new Map((await Promise.all(texts)).filter(([, text]) => text.startsWith('/*! Cloister ')));
}

/** The lock has the hash of each third party's tarball (W3C Subresource Integrity, base64). */
function hashOf(name, version) {
  const entry = Object.entries(lock.packages).find(
    ([path, locked]) => path.endsWith(`node_modules/${name}`) && locked.version === version && locked.integrity,
  );
  const [algorithm, value] = entry?.[1].integrity.split('-') ?? [];
  return algorithm === 'sha512' ? Buffer.from(value, 'base64').toString('hex') : undefined;
}
