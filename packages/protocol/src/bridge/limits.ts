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

/** What penpal's members, the call's id and the method's name may take of a message, in characters. */
const ENVELOPE = 256;

/** Characters that the parameters of one call may have, so that the other end does not drop the message unread. */
export const MAX_CALL_CHARACTERS: number = WIRE_LIMITS.characters - ENVELOPE;

/** Characters of all keys and texts of JSON-like data: never fewer than `isWireSafe` counts. */
export function charactersOf(data: object): number {
  let characters = 0;
  JSON.stringify(data, (key, part: unknown) => {
    characters += key.length + (typeof part === 'string' ? part.length : 0);
    return part;
  });
  return characters;
}

/** What is left to spend on one message. */
interface Meter {
  characters: number;
  nodes: number;
}

/**
 * Whether a received value is JSON-like and within the limits: only plain objects, arrays, strings, finite numbers,
 * booleans, null and undefined. Anything else that structured clone can carry (Map, RegExp, Blob, ports, cycles, …) is
 * refused before a line of other code looks at it (A44, A45).
 */
export function isWireSafe(value: unknown, limits: WireLimits): boolean {
  return fits(value, { characters: limits.characters, nodes: limits.nodes }, limits.depth);
}

function spend(meter: Meter, characters: number): boolean {
  meter.characters -= characters;
  return meter.characters >= 0;
}

function fits(value: unknown, meter: Meter, depth: number): boolean {
  meter.nodes -= 1;
  if (meter.nodes < 0 || depth < 0) return false;
  switch (typeof value) {
    case 'string':
      return spend(meter, value.length);
    case 'number':
      return Number.isFinite(value);
    case 'boolean':
    case 'undefined':
      return true;
    case 'object':
      return value === null || containerFits(value, meter, depth - 1);
    default:
      return false;
  }
}

function containerFits(value: object, meter: Meter, depth: number): boolean {
  if (Array.isArray(value)) return listFits(value, meter, depth);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return false;
  if (Object.prototype.toString.call(value) !== '[object Object]') return false;
  // Counted before anything is made of them: an object may come with a million keys.
  const keys = Object.keys(value);
  return (
    keys.length <= meter.nodes &&
    keys.every((key) => spend(meter, key.length) && fits(Reflect.get(value, key), meter, depth))
  );
}

/** Structured clone keeps holes, which are never looked at, and named properties, which carry anything past a look at the items. */
const listFits = (value: readonly unknown[], meter: Meter, depth: number): boolean =>
  value.length <= meter.nodes &&
  Object.keys(value).length === value.length &&
  value.every((item) => fits(item, meter, depth));
