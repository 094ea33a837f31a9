/** An entry by a name that came from outside: inherited names (`toString`, …) are not entries (A14). */
export function own<T>(entries: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(entries, name) ? entries[name] : undefined;
}
