/** Smallest WebAssembly module: magic number and version. */
const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

const isRefused = (compile: () => unknown): boolean => {
  try {
    compile();
    return false;
  } catch {
    return true;
  }
};

/**
 * Whether a Content-Security-Policy stands that refuses code which it did not name (CSP3 §4.4). WebAssembly is asked first,
 * because its refusal is the one that browsers do not print on the embedder's console. WebKit compiles it whatever the policy
 * says, and is asked to compile an empty text as well; it is never called. A browser without WebAssembly refuses it too.
 */
export const refusesCode = (): boolean =>
  isRefused(() => new WebAssembly.Module(EMPTY_MODULE)) || isRefused(() => new Function(''));
