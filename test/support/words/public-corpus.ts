import { array, decode, object, string } from '@cloister/protocol';
import fixtures from 'dompurify-corpus/test/fixtures/expect.js';

/** Fixtures have a title and expectations beside their payload, which only a sanitiser with their own rules would meet. */
const payloads = array(object({ payload: string({ max: 1000 }) }), { min: 150, max: 500 });

const payloadOf = (fixture: unknown): unknown =>
  typeof fixture === 'object' && fixture !== null ? { payload: Reflect.get(fixture, 'payload') } : fixture;

function read(): readonly string[] {
  const decoded = decode(payloads, Array.isArray(fixtures) ? fixtures.map(payloadOf) : fixtures);
  if (!decoded.ok) throw new Error(`the corpus of DOMPurify is not what it was: ${decoded.path} ${decoded.problem}`);
  return decoded.value.map(({ payload }) => payload);
}

/**
 * The markup that DOMPurify 0.8.2 was tested with, the last release that carries its fixtures (github.com/cure53/DOMPurify,
 * Mario Heiderich and contributors, MPL-2.0 OR Apache-2.0). Read where it is installed: nothing of it is copied here.
 */
export const PUBLIC_MARKUP: readonly string[] = read();
