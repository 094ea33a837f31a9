import { build } from 'esbuild';
import { ROOT } from '../root.js';

/** Bundles and minifies a script of `test/perf/pages`, as a product would be shipped. */
export async function pageScript(name: string, define: Readonly<Record<string, string>> = {}): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [`test/perf/pages/${name}.ts`],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    write: false,
    define: Object.fromEntries(Object.entries(define).map(([key, text]) => [key, JSON.stringify(text)])),
  });
  const [script] = outputFiles;
  if (script === undefined) throw new Error(`nothing was built of ${name}`);
  return script.text.trim();
}
