import { rollup } from 'rollup';
import { describe, expect, it } from 'vitest';
import { frameGuard } from '../../../scripts/build/frame-guard.mjs';

/** Builds one virtual module; what `minified` is given replaces what a minifier would have made of it. */
async function build(source: string, minified = source): Promise<number> {
  const bundle = await rollup({
    input: 'frame',
    external: ['elsewhere'],
    plugins: [
      {
        name: 'virtual',
        resolveId: (id) => (id === 'frame' ? id : null),
        load: (id) => (id === 'frame' ? source : null),
      },
      { name: 'minifier', renderChunk: () => ({ code: minified, map: null }) },
      frameGuard(),
    ],
    onwarn: () => undefined,
  });
  const { output } = await bundle.generate({ format: 'es' });
  return output.length;
}

describe('the guard of frame scripts', () => {
  it.each([
    ['names its configuration once', 'start(__CLOISTER_CONFIG__);'],
    ['needs no configuration', 'start();'],
  ])('passes a script that %s', async (_title, source) => {
    await expect(build(source)).resolves.toBe(1);
  });

  it.each([
    ['names its configuration twice', 'a(__CLOISTER_CONFIG__); b(__CLOISTER_CONFIG__);', undefined],
    [
      'had its configuration multiplied by the minifier',
      'a(__CLOISTER_CONFIG__);',
      'a(__CLOISTER_CONFIG__,__CLOISTER_CONFIG__)',
    ],
    ['lost its configuration', 'a(__CLOISTER_CONFIG__);', 'a()'],
    ['imports', 'import { a } from "elsewhere"; a();', undefined],
    ['imports a module of its own making', "import('data:text/javascript,start()');", undefined],
    ['loads something by itself', 'import("elsewhere");', undefined],
  ])('refuses a script that %s', async (_title, source, minified) => {
    await expect(build(source, minified)).rejects.toThrow();
  });
});
