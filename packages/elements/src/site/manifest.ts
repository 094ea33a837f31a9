import { createHash } from 'node:crypto';
import {
  decode,
  integer,
  literal,
  object,
  optional,
  PROTOCOL_VERSION,
  record,
  string,
  type Infer,
  ID,
  ORIGIN,
} from '@cloister/protocol';
import type { Site } from './build-site.js';

/** A few megabytes are more than any file of ours; nobody reads on after that. */
const MAX_BYTES = 8 * 1024 * 1024;
const MAX_SERIAL = Number.MAX_SAFE_INTEGER;

const bytesOfFile = {
  bytes: integer(0, MAX_BYTES),
  /** Hexadecimal, as `sha256sum` prints it. */
  sha256: string({ min: 64, max: 64, format: ID }),
  /** As in an `integrity` attribute and in `script-src` (W3C Subresource Integrity). */
  sha384: string({ min: 71, max: 71 }),
} as const;

/**
 * What an elements origin must serve, and the loader beside it. The signature is over the bytes of the file that holds it,
 * so there is no canonical form to agree on.
 *
 * `serial` only ever grows: who remembers the last one cannot be given an older release that was signed once (downgrade).
 */
export const RELEASE_MANIFEST = object({
  format: literal('cloister-manifest/1'),
  version: string({ min: 1, max: 40 }),
  protocol: integer(1, 1_000_000),
  serial: integer(0, MAX_SERIAL),
  build: string({ min: 8, max: 64, format: ID }),
  elements: string({ min: 1, max: 300, format: ORIGIN }),
  files: record(
    string({ min: 2, max: 300 }),
    // A policy names up to 50 hosts of 300 characters each.
    object({
      ...bytesOfFile,
      headers: record(string({ min: 1, max: 100 }), string({ max: 40_000 }), { max: 60 }),
    }),
    { min: 1, max: 1000 },
  ),
  bridge: optional(object({ version: string({ min: 1, max: 40 }), ...bytesOfFile })),
});

/** See `RELEASE_MANIFEST`. */
export type ReleaseManifest = Infer<typeof RELEASE_MANIFEST>;

/** The script tag's file, when its bytes are to be promised as well. */
export interface BridgeScript {
  readonly version: string;
  readonly body: Uint8Array;
}

/** What a release knows beside its site. */
export interface Release {
  readonly version: string;
  readonly elements: string;
  readonly serial: number;
  readonly bridge?: BridgeScript | undefined;
}

/** Size and hashes of a file. */
export interface Digest {
  readonly bytes: number;
  readonly sha256: string;
  readonly sha384: string;
}

/** Size and hashes of a file: how it is named in a manifest, and what a served one is compared by. */
export function digestOf(body: Uint8Array): Digest {
  const hash = (name: string): ReturnType<typeof createHash> => createHash(name).update(body);
  return {
    bytes: body.byteLength,
    sha256: hash('sha256').digest('hex'),
    sha384: `sha384-${hash('sha384').digest('base64')}`,
  };
}

/** The manifest of a site as text. Same site, same release, same bytes: neither a clock nor a machine is in it. */
export function releaseManifest(site: Site, { elements, version, serial, bridge }: Release): string {
  const files = [...site.files].map(([path, { body, headers }]) => [path, { ...digestOf(body), headers }] as const);
  const manifest: ReleaseManifest = {
    format: 'cloister-manifest/1',
    version,
    protocol: PROTOCOL_VERSION,
    serial,
    build: site.build,
    elements,
    files: Object.fromEntries(files),
    ...(bridge === undefined ? {} : { bridge: { version: bridge.version, ...digestOf(bridge.body) } }),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** Reads a manifest; `undefined` when it is none. Whether to believe it is the signature's part. */
export function parseManifest(text: string): ReleaseManifest | undefined {
  try {
    const read = decode(RELEASE_MANIFEST, JSON.parse(text));
    return read.ok ? read.value : undefined;
  } catch {
    return undefined;
  }
}
