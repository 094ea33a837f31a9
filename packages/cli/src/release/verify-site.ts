import { randomUUID } from 'node:crypto';
import type { ReleaseManifest } from '@cloister/elements';
import { CliFailure } from '../failure.js';
import { compareBytes, compareFile } from './compare.js';
import { bySeverity, type Difference, type Severity } from './difference.js';
import { fetchServed } from './fetch-served.js';

/** What to look at. */
export interface Subject {
  /** The live elements origin. */
  readonly origin: URL;
  /** Where a shop serves the loader, when that is to be compared too. */
  readonly bridge?: URL | undefined;
}

/** Requests at once: a check must not look like an attack to the server. */
const AT_ONCE = 4;
const PROBE_LIMIT = 4096;

/** Where other applications, and accidents, leave something: an elements origin serves nothing but its own files (R6). */
const ELSEWHERE: readonly (readonly [path: string, severity: Severity])[] = [
  ['/', 'high'],
  ['/index.html', 'high'],
  ['/sw.js', 'critical'],
  ['/service-worker.js', 'critical'],
  ['/.env', 'high'],
  ['/.git/HEAD', 'high'],
  ['/package.json', 'high'],
];

/**
 * Compares a live elements origin with its manifest, file by file and header by header, and looks for what should not be
 * there.
 *
 * @returns all differences, worst first; empty when it serves exactly what was released.
 * @throws CliFailure `unreachable` when nothing answers at all: that is no finding.
 */
export async function verifySite(manifest: ReleaseManifest, { origin, bridge }: Subject): Promise<Difference[]> {
  const files = Object.entries(manifest.files);
  let answered = 0;
  const served = await inTurns(files, async ([path, entry]) => {
    const answer = await fetchServed(new URL(path, origin), entry.bytes + 1);
    if (answer !== undefined) answered += 1;
    return compareFile(path, entry, answer);
  });
  if (answered === 0) throw new CliFailure('unreachable', `nothing answers at ${origin.origin}`);
  const others = await inTurns(probes(manifest), probe(origin));
  const loader = bridge === undefined ? [] : await compareLoader(manifest, bridge);
  return [...served.flat(), ...others.flat(), ...loader].sort(bySeverity);
}

/** Also two paths that nobody can have put there: a server that answers them answers everything (a "fallback" page). */
function probes({ build, files }: ReleaseManifest): typeof ELSEWHERE {
  const made: typeof ELSEWHERE = [
    [`/${randomUUID()}.html`, 'high'],
    [`/b/${build}/${randomUUID()}.js`, 'critical'],
  ];
  return [...ELSEWHERE, ...made].filter(([path]) => !Object.hasOwn(files, path));
}

const probe =
  (origin: URL) =>
  async ([where, severity]: readonly [string, Severity]): Promise<readonly Difference[]> => {
    const answer = await fetchServed(new URL(where, origin), PROBE_LIMIT);
    if (answer === undefined || answer.status < 200 || answer.status > 299) return [];
    return [{ severity, where, what: 'additional', expected: 'nothing', found: String(answer.status) }];
  };

async function compareLoader(manifest: ReleaseManifest, url: URL): Promise<readonly Difference[]> {
  if (manifest.bridge === undefined) throw new CliFailure('manifest', 'the manifest says nothing about the bridge');
  const answer = await fetchServed(url, manifest.bridge.bytes + 1);
  if (answer?.status === 200) return compareBytes(url.href, manifest.bridge, answer);
  const found = answer === undefined ? 'no answer' : String(answer.status);
  return [{ severity: 'high', where: url.href, what: 'status', expected: '200', found }];
}

/** Runs a job for each item, a few at once, and keeps their order. */
async function inTurns<T, R>(items: readonly T[], job: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = [...items.entries()];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) results[next[0]] = await job(next[1]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}
