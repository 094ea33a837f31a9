import { array, integer, object, oneOf, optional, string, type Infer } from '../schema/schema.js';

/** What the vault answers when it does not do what was asked. */
export const problemCode = oneOf([
  'unauthorized',
  'forbidden',
  'invalid',
  'conflict',
  'not-found',
  'too-large',
  'media-type',
  'rate-limited',
  'unavailable',
  'internal',
]);
export type ProblemCode = Infer<typeof problemCode>;

/** Problem details (RFC 9457). `errors` names places in the body by JSON Pointer; nothing of the input is repeated. */
export const problem = object({
  type: string({ max: 200 }),
  title: string({ max: 200 }),
  status: integer(400, 599),
  code: problemCode,
  /** Id of the request, also in `X-Request-Id` and the audit log. */
  instance: string({ max: 100 }),
  errors: optional(array(object({ pointer: string({ max: 200 }), code: string({ max: 40 }) }), { max: 40 })),
});
export type VaultProblem = Infer<typeof problem>;
