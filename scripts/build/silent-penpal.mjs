/**
 * Why this exists: penpal gives its errors texts, which nobody of ours ever reads: what a call throws becomes a code on either
 * side (`protocol/bridge/methods.ts`, `port-messenger.ts`). The bundles keep penpal's codes and leave the texts out.
 */
const MODULE = '/node_modules/penpal/dist/penpal.mjs';
const START = 'new PenpalError_default(';

/** Where the argument list that begins at `from` ends; texts in it hold no parentheses but in pairs. */
function endOf(code, from) {
  let depth = 1;
  for (let at = from; at < code.length; at += 1) {
    if (code[at] === '(') depth += 1;
    else if (code[at] === ')') depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

/**
 * @param {string} code penpal's module.
 * @returns {{ code: string, left: number }} the same without the texts, and how many errors it makes.
 */
export function withoutTexts(code) {
  const [head, ...parts] = code.split(START);
  let left = 0;
  const quiet = parts.map((part) => {
    const [, name] = /^\s*("[A-Z_]+"),/u.exec(part) ?? [];
    if (name === undefined) return `${START}${part}`;
    left += 1;
    return `${START}${name}${part.slice(endOf(part, 0))}`;
  });
  return { code: [head, ...quiet].join(''), left };
}

/** @returns {import('rollup').Plugin} */
export function silentPenpal() {
  return {
    name: 'silent-penpal',
    transform(code, id) {
      if (!id.endsWith(MODULE)) return null;
      const quiet = withoutTexts(code);
      if (quiet.left < 10) this.error('penpal makes its errors another way now: read it again');
      return { code: quiet.code, map: null };
    },
  };
}
