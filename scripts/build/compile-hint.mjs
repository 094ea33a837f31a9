/**
 * Why this exists: V8 compiles a function when it is called first, one after another on the main thread. Nearly all of the
 * bridge runs when a form is mounted, and V8 compiles a file that names this hint in its first line as a whole, while it is
 * loaded and beside the main thread (https://v8.dev/blog/explicit-compile-hints). Other engines read a comment.
 *
 * @returns {import('rollup').Plugin}
 */
export function compileHint() {
  return {
    name: 'compile-hint',
    // After the minifier, which would drop it, and before the file's hash is taken.
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) chunk.code = `//# allFunctionsCalledOnLoad\n${chunk.code}`;
    },
  };
}
