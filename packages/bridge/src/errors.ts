import { charactersOf, CloisterError, CodedError, decode, MAX_CALL_CHARACTERS, type Schema } from '@cloister/protocol';

/** Reads what an integrator gave; misuse is a `TypeError`, thrown at once, that names the place. */
export function demand<T>(schema: Schema<T>, value: unknown, what: string): T {
  const decoded = decode(schema, value, 'shown');
  if (!decoded.ok) throw new TypeError(`Cloister: ${what}${decoded.path} is not right (${decoded.problem})`);
  return decoded.value;
}

/** Refuses misuse. */
export function insist(condition: boolean, message: string): asserts condition {
  if (!condition) throw new TypeError(`Cloister: ${message}`);
}

/** Refuses what a frame would drop unread for its size (A44), which would look like a frame that does not answer. */
export function fitting<T extends object>(message: T): T {
  const limit = MAX_CALL_CHARACTERS;
  insist(charactersOf(message) <= limit, `texts and looks of a frame have more than ${String(limit)} characters`);
  return message;
}

/** What was caught, as an error with a code: anything that is not ours becomes `internal` and loses its text. */
export function coded(error: unknown): CloisterError {
  if (error instanceof CloisterError) return error;
  return error instanceof CodedError ? new CloisterError(error.code, error.hint) : new CloisterError('internal');
}
