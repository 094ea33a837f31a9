/**
 * Why this exists: who downloads a release must be able to tell, without us, that it is the one that we built. This packs
 * every published package into `out/release` and writes `release.json`: the hash of each tarball and of each file that a
 * browser is given, signed with the key in CLOISTER_RELEASE_KEY (docs/security/supply-chain.md). Without a key it is not
 * signed, and says so.
 *
 * The elements origin of a merchant has a manifest of its own, because his configuration is part of it: `cloister build`.
 */
import { createHash, createPrivateKey, sign } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publishedPackages } from './check-lock.mjs';
import { command, npm } from './lib/command.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUT = join(ROOT, 'out/release');

const lock = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8'));
const packages = publishedPackages(lock.packages);
await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
await pack();
const text = `${JSON.stringify({ format: 'cloister-release/1', version: lock.version, ...(await hashes()) }, null, 2)}\n`;
await writeFile(join(OUT, 'release.json'), text);
const key = process.env.CLOISTER_RELEASE_KEY;
if (key) await writeFile(join(OUT, 'release.json.sig'), signatureOf(text, createPrivateKey(key)));
console.log(
  `out/release/release.json: ${packages.length} packages, ${key ? 'signed' : 'NOT signed: CLOISTER_RELEASE_KEY'}`,
);

async function pack() {
  const [program, ...first] = npm();
  const args = [...first, 'pack', '--silent', '--pack-destination', OUT, ...packages.map((path) => `./${path}`)];
  const { code, output } = await command(program, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  if (code !== 0) throw new Error(output);
}

async function hashes() {
  const tarballs = (await readdir(OUT)).sort();
  const frames = (await readdir(join(ROOT, 'packages/elements/dist/frames'))).sort();
  const scripts = ['bridge/dist/cloister.js', ...frames.map((name) => `elements/dist/frames/${name}`)];
  return {
    tarballs: await digests(tarballs, OUT),
    scripts: await digests(scripts, join(ROOT, 'packages')),
  };
}

async function digests(names, folder) {
  const entries = names.map(async (name) => [name, digestOf(await readFile(join(folder, name)))]);
  return Object.fromEntries(await Promise.all(entries));
}

function digestOf(bytes) {
  const hash = (name, encoding) => createHash(name).update(bytes).digest(encoding);
  return { bytes: bytes.length, sha256: hash('sha256', 'hex'), sha384: `sha384-${hash('sha384', 'base64')}` };
}

/** Over the bytes of the file, so that `openssl pkeyutl -verify -rawin` can check it. */
function signatureOf(manifest, privateKey) {
  const digest = privateKey.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  return `${sign(digest, Buffer.from(manifest), privateKey).toString('base64')}\n`;
}
