import { jsonSchema, VAULT_ROUTES, recordRequest, sessionRequest } from '@cloister/protocol';
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

const entriesAt = (value: unknown, ...path: readonly string[]): readonly [string, unknown][] => {
  const found = path.reduce<unknown>(
    (part, key) =>
      typeof part === 'object' && part !== null ? Object.entries(part).find(([k]) => k === key)?.[1] : [],
    value,
  );
  return typeof found === 'object' && found !== null ? Object.entries(found) : [];
};

const inOpenApi = (path: string): string => path.replace(':id', '{id}');

const described = (value: unknown): readonly string[] =>
  entriesAt(value, 'paths').flatMap(([path, methods]) =>
    entriesAt(methods).map(([method]) => `${method.toUpperCase()} ${path}`),
  );

/** The vocabulary of JSON Schema 2020-12 that our schemas need. */
const KEYWORDS: ReadonlySet<string> = new Set([
  ...['type', 'const', 'enum', 'anyOf', 'properties', 'required', 'additionalProperties', 'propertyNames', 'items'],
  ...['minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems', 'minProperties', 'maxProperties'],
  ...['format', 'description'],
]);

/** All schemas of the document, nested ones too. */
function schemasIn(value: unknown): readonly object[] {
  const nested = (schema: unknown): readonly object[] => {
    if (typeof schema !== 'object' || schema === null) return [];
    const under = ['items', 'additionalProperties', 'propertyNames'].flatMap((key) =>
      entriesAt({ only: entriesAt(schema).find(([k]) => k === key)?.[1] }),
    );
    const parts = [...under, ...entriesAt(schema, 'properties'), ...entriesAt(schema, 'anyOf')];
    return [schema, ...parts.flatMap(([, part]) => nested(part))];
  };
  return entriesAt(value, 'components', 'schemas').flatMap(([, schema]) => nested(schema));
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
          RecordRequest: asJson(jsonSchema(recordRequest)),
          SessionRequest: asJson(jsonSchema(sessionRequest)),
        },
      },
    });
  });

  it('describes every audited route, and each with its security', () => {
    for (const [path, operation] of OPERATIONS) {
      const method = operation.endsWith('.revoke') ? 'delete' : 'post';
      expect(document).toHaveProperty(['paths', inOpenApi(path), method, 'security', 0], expect.anything());
    }
  });

  it('describes every route that the service has, and no other', async () => {
    const vault = await openTestVault();
    const served = Object.entries(VAULT_ROUTES).flatMap(([, path]) =>
      (['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const)
        .filter((method) => vault.vault.app.hasRoute({ method, url: path }))
        .map((method) => `${method} ${inOpenApi(path)}`),
    );
    const lines = vault.vault.app.printRoutes({ commonPrefix: false }).split('\n');
    await vault.vault.close();
    expect(described(document).toSorted()).toEqual(served.toSorted());
    // Nothing is registered beside the contract's own list of paths.
    expect(lines.filter((line) => line.includes('(')).length).toBe(Object.keys(VAULT_ROUTES).length);
  });

  it('says nothing that JSON Schema 2020-12 does not know', () => {
    const words = new Set(schemasIn(document).flatMap((schema) => Object.keys(schema)));
    expect([...words].filter((word) => !KEYWORDS.has(word))).toEqual([]);
    expect(words.size).toBeGreaterThan(10);
  });

  it('refers to nothing that is not there', () => {
    const refs = refsIn(document);
    expect(refs.length).toBeGreaterThan(10);
    for (const ref of refs) expect(document).toHaveProperty(ref.slice(2).split('/'));
  });
});
