/**
 * Why this exists: some files that users are promised are made from what was just built, so that they cannot disagree
 * with it: the configuration's JSON Schema, the script tag's integrity, CommonJS declarations, an executable command.
 */
import { createHash } from 'node:crypto';
import { chmod, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** `config.schema.json` beside the built protocol, for editors. */
export function configSchema() {
  return {
    name: 'config-schema',
    async writeBundle({ dir, format }) {
      if (format !== 'es') return;
      const built = pathToFileURL(resolve(dir, 'index.js'));
      const { CONFIG_JSON_SCHEMA } = await import(`${built.href}?built=${process.hrtime.bigint()}`);
      await writeFile(join(dir, 'config.schema.json'), `${JSON.stringify(CONFIG_JSON_SCHEMA, null, 2)}\n`);
    },
  };
}

/** `sri.json` beside each script: the value of its `integrity` attribute (W3C Subresource Integrity). */
export function subresourceIntegrity() {
  return {
    name: 'subresource-integrity',
    generateBundle(_options, bundle) {
      const entries = Object.values(bundle).map(({ fileName, code }) => [fileName, integrityOf(code)]);
      const source = `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
      this.emitFile({ type: 'asset', fileName: 'sri.json', source });
    },
  };
}

function integrityOf(code) {
  return `sha384-${createHash('sha384').update(code).digest('base64')}`;
}

/** A `require` finds types in `.d.cts` only; they are the same (TypeScript handbook, Modules: reference). */
export function commonjsDeclarations(homes) {
  return {
    name: 'commonjs-declarations',
    generateBundle(_options, bundle) {
      for (const home of homes) {
        const source = bundle[`${home}/dist/index.d.ts`].code;
        this.emitFile({ type: 'asset', fileName: `${home}/dist/index.d.cts`, source });
      }
    },
  };
}

/** Gives one built file its shebang and the right to be executed. */
export function executable(fileName) {
  return {
    name: 'executable',
    renderChunk(code, chunk) {
      return chunk.fileName === fileName ? { code: `#!/usr/bin/env node\n${code}`, map: null } : null;
    },
    async writeBundle({ dir }) {
      await chmod(join(dir, fileName), 0o755);
    },
  };
}
