/** `content_by_lua_block { … }`: what stands within is Lua and no configuration. */
export const isLuaBlock = (name: string): boolean => name.endsWith('_by_lua_block');

/** The end of `[[ … ]]` or `[==[ … ]==]` that begins here; `undefined` where none begins. */
function longEnd(text: string, start: number): number | undefined {
  let at = start + 1;
  while (text.charAt(at) === '=') at += 1;
  if (text.charAt(at) !== '[') return undefined;
  const close = `]${'='.repeat(at - start - 1)}]`;
  const end = text.indexOf(close, at);
  return end < 0 ? text.length : end + close.length;
}

function stringEnd(text: string, start: number): number {
  const quote = text.charAt(start);
  let at = start + 1;
  while (at < text.length && text.charAt(at) !== quote) at += text.charAt(at) === '\\' ? 2 : 1;
  return at + 1;
}

function commentEnd(text: string, start: number): number {
  const long = text.charAt(start + 2) === '[' ? longEnd(text, start + 2) : undefined;
  if (long !== undefined) return long;
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end + 1;
}

/** Where the next thing begins, after one that may hold braces of its own. */
function skip(text: string, at: number): number {
  const letter = text.charAt(at);
  if (letter === '"' || letter === "'") return stringEnd(text, at);
  if (letter === '-' && text.charAt(at + 1) === '-') return commentEnd(text, at);
  if (letter !== '[') return at + 1;
  return longEnd(text, at) ?? at + 1;
}

/** The offset of the brace that closes a block of Lua whose inside begins at `from`; `undefined` where none does. */
export function luaEnd(text: string, from: number): number | undefined {
  let depth = 1;
  for (let at = from; at < text.length; at = skip(text, at)) {
    const letter = text.charAt(at);
    if (letter === '{') depth += 1;
    if (letter === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return undefined;
}
