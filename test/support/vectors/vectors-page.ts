import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import type { HostServer } from '../host-server.js';
import { readVectors } from './read-vectors.js';
import type { VectorResult } from './run-vectors.js';

declare global {
  interface Window {
    /** What the page at `serveVectors` found; settles when all vectors were tried. */
    vectors: Promise<VectorResult>;
  }
}

const RUNNER = fileURLToPath(new URL('run-vectors.ts', import.meta.url));

const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Vectors</title></head><body>
<script type="module">
  import { runVectors } from '/vectors/run-vectors.js';
  const suites = await (await fetch('/vectors/suites.json')).json();
  window.vectors = runVectors(suites, crypto.subtle);
</script></body></html>`;

/**
 * Serves a page that runs all vectors through the WebCrypto of whatever engine opens it; answers its path. The driver waits for
 * `window.vectors` to be there and awaits it: nothing in the page knows who drives it.
 */
export async function serveVectors(hosts: HostServer): Promise<string> {
  const { outputText } = ts.transpileModule(await readFile(RUNNER, 'utf8'), {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
  });
  hosts.serve('/vectors/run-vectors.js', { type: 'text/javascript', body: outputText });
  hosts.serve('/vectors/suites.json', { type: 'application/json', body: JSON.stringify(await readVectors()) });
  return hosts.serve('/vectors', { body: PAGE });
}
