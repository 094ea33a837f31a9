/**
 * Why this exists: penpal numbers its calls with `crypto.randomUUID`, and falls back to `Math.random` where a context has
 * none (docs/security/upstream/penpal-weak-ids). Nothing of ours takes chance from there (A101; RFC 4086 §6.2), so the
 * bundles get the one generator that every context with WebCrypto has. Without it they throw, which is what is wanted.
 */
const MODULE = '/node_modules/penpal/dist/penpal.mjs';
const WEAK = `crypto.randomUUID?.bind(crypto) ?? (() => new Array(4).fill(0).map(
  () => Math.floor(Math.random() * Number.MAX_SAFE_INTEGER).toString(16)
).join("-"))`;
const STRONG = `(() => crypto.getRandomValues(new Uint32Array(4)).join("-"))`;

/** @returns {import('rollup').Plugin} */
export function strongIds() {
  return {
    name: 'strong-ids',
    transform(code, id) {
      if (!id.endsWith(MODULE)) return null;
      const [before, after, ...more] = code.split(WEAK);
      if (after === undefined || more.length > 0) this.error('penpal makes its ids another way now: read it again');
      return { code: `${before}${STRONG}${after}`, map: null };
    },
  };
}
