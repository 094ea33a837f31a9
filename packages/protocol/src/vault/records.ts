import { MOST_FIELDS, name, origin } from '../config/vocabulary.js';
import { collected } from '../bridge/coordinator-frame.js';
import { object, record, string, type Infer } from '../schema/schema.js';

/**
 * `POST /v1/records`: the coordinator stores the values of one form, all or nothing.
 * Headers: `Authorization: DPoP <session>`, `DPoP: <proof>` (RFC 9449), `Idempotency-Key: <uuid>`.
 */
export const recordRequest = object({
  collection: name,
  /** Origin of the embedding page, as the browser told the frame; must be the grant's. */
  origin,
  /** Canonical values by field name. */
  values: record(name, string({ min: 1, max: 1000 }), { min: 1, max: MOST_FIELDS }),
});
export type RecordRequest = Infer<typeof recordRequest>;

export const recordResponse = collected;
export type RecordResponse = Infer<typeof recordResponse>;
