import { VAULT_ROUTES, recordRequest, sessionRequest } from '@cloister/protocol';
import { describe, expect, it } from 'vitest';
import { openTestVault } from '../test-support/test-vault.js';
import { openApiDocument } from './openapi.js';
import { OPERATIONS } from './routes.js';

/** As it arrives over the wire. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const document = asJson(openApiDocument());

/** Every `$ref` in a JSON value. */
function refsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === '$ref' && typeof part === 'string' ? [part] : refsIn(part),
  );
}

describe('OpenAPI document', () => {
  it('is served as it is exported', async () => {
    const vault = await openTestVault();
    expect((await vault.call({ path: VAULT_ROUTES.openapi, method: 'GET' })).json).toEqual(document);
    await vault.vault.close();
  });

  it('contains the schemas that validate', () => {
    expect(document).toMatchObject({
      openapi: '3.1.0',
      components: {
        schemas: {
          RecordRequest: asJson(recordRequest),
          SessionRequest: asJson(sessionRequest),
        },
      },
    });
  });

  it('describes every audited route, and each with its security', () => {
    for (const path of OPERATIONS.keys())
      expect(document).toHaveProperty(['paths', path, 'post', 'security', 0], expect.anything());
  });

  it('refers to nothing that is not there', () => {
    const refs = refsIn(document);
    expect(refs.length).toBeGreaterThan(10);
    for (const ref of refs) expect(document).toHaveProperty(ref.slice(2).split('/'));
  });
});
