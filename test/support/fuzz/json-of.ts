/** JSON of anything; `null` where there is none (a function, a circle, a bigint). */
export function jsonOf(value: unknown): string {
  try {
    const text: unknown = JSON.stringify(value);
    return typeof text === 'string' ? text : 'null';
  } catch {
    return 'null';
  }
}
