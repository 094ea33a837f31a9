import { TOKEN68, UUID } from '../schema/formats.js';
import { string } from '../schema/schema.js';

/** A token or a record id: UUID version 4 (RFC 9562), 122 random bits. */
export const token = string({ min: 36, max: 36, format: UUID });

/** A session token: opaque, useless without the key it is bound to (RFC 9449). */
export const sessionToken = string({ min: 20, max: 200, format: TOKEN68 });
