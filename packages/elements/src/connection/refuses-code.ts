/** Smallest WebAssembly module: magic number and version. */
const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/**
 * Whether a `script-src` stands that refuses code which it did not name (CSP3 §6.1.10). WebAssembly is asked first, because its
 * refusal is the one that browsers do not print on the embedder's console. WebKit compiles it whatever the policy says, and so
 * does a browser whose frame was served without the directive: both are asked to import a module. `eval` would not tell:
 * `require-trusted-types-for` refuses it too.
 */
export const refusesCode = async (): Promise<boolean> => {
  try {
    new WebAssembly.Module(EMPTY_MODULE);
    // @ts-expect-error -- nothing declares what an empty module holds
    await import('data:text/javascript,');
    return false;
  } catch {
    return true;
  }
};
