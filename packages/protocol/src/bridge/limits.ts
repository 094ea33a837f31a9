/** Bounds of one message between page and frame. */
export interface WireLimits {
  /** Characters of all keys and texts together. */
  readonly characters: number;
  readonly depth: number;
  /** Values of any kind, containers included. */
  readonly nodes: number;
}

/** 16 Ki characters, depth 10 (penpal's envelope takes three), 2,000 values. */
export const WIRE_LIMITS: WireLimits = { characters: 16_384, depth: 10, nodes: 2000 };

interface Spent {
  characters: number;
  nodes: number;
}

/**
 * Whether a received value is JSON-like and within the limits: only plain objects, arrays, strings, finite numbers,
 * booleans, null and undefined. Anything else that structured clone can carry (Map, RegExp, Blob, ports, cycles, …) is
 * refused before a line of other code looks at it (A44, A45).
 */
export function isWireSafe(value: unknown, limits: WireLimits): boolean {
  return fits(value, limits, { characters: 0, nodes: 0 }, 0);
}

function fits(value: unknown, limits: WireLimits, spent: Spent, depth: number): boolean {
  spent.nodes += 1;
  if (spent.nodes > limits.nodes || depth > limits.depth) return false;
  switch (typeof value) {
    case 'string':
      spent.characters += value.length;
      return spent.characters <= limits.characters;
    case 'number':
      return Number.isFinite(value);
    case 'boolean':
    case 'undefined':
      return true;
    case 'object':
      return value === null || containerFits(value, limits, spent, depth);
    default:
      return false;
  }
}

function containerFits(value: object, limits: WireLimits, spent: Spent, depth: number): boolean {
  if (Array.isArray(value)) {
    return value.length <= limits.nodes && value.every((item) => fits(item, limits, spent, depth + 1));
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return false;
  if (Object.prototype.toString.call(value) !== '[object Object]') return false;
  return Object.entries(value).every(([key, part]) => {
    spent.characters += key.length;
    return spent.characters <= limits.characters && fits(part, limits, spent, depth + 1);
  });
}
