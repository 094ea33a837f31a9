import type { KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parseManifest, type ReleaseManifest } from '@cloister/elements';
import { CliFailure } from '../failure.js';
import { isPlainPath } from '../serve/read-built-site.js';
import type { Difference } from './difference.js';
import { isSignedBy } from './signature.js';

/** The signature lies beside the manifest. */
export const SIGNATURE_ENDING = '.sig';

/** On what terms a manifest is believed. */
export interface Terms {
  /** The pinned public key; `undefined` believes whoever could write the file. */
  readonly key: KeyObject | undefined;
  /** The least serial that is not a step back. */
  readonly serial: number;
}

/** A manifest to compare with, or the reason why it must not be believed. */
export type Trusted =
  { readonly ok: true; readonly manifest: ReleaseManifest } | { readonly ok: false; readonly reason: Difference };

/**
 * Reads a manifest and its signature. The signature is checked over the bytes of the file, before anything reads them.
 *
 * @throws CliFailure `manifest` when there is none, or it is not one.
 */
export async function trustedManifest(file: string, { key, serial }: Terms): Promise<Trusted> {
  const text = await readText(file, `${file} cannot be read; it is written by: cloister build`);
  if (key !== undefined) {
    const signature = await readText(file + SIGNATURE_ENDING, `${file}${SIGNATURE_ENDING} cannot be read`);
    if (!isSignedBy(text, signature, key))
      return distrusted(file, 'signature', { expected: 'one of the pinned key', found: 'another' });
  }
  const manifest = parseManifest(text);
  if (manifest === undefined || !Object.keys(manifest.files).every(isPlainPath))
    throw new CliFailure('manifest', `${file} is not a release manifest`);
  if (manifest.serial < serial)
    return distrusted(file, 'serial', { expected: `${String(serial)} or more`, found: String(manifest.serial) });
  return { ok: true, manifest };
}

function distrusted(where: string, what: string, values: Pick<Difference, 'expected' | 'found'>): Trusted {
  return { ok: false, reason: { severity: 'critical', where, what, ...values } };
}

async function readText(file: string, otherwise: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw new CliFailure('manifest', otherwise);
  }
}
