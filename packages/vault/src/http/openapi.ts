import {
  VAULT_ROUTES,
  foldedRecord,
  foldedReveal,
  jsonSchema,
  problem,
  recordRequest,
  recordResponse,
  revealRequest,
  revealResponse,
  sessionRequest,
  sessionResponse,
  token,
  type JsonSchema,
} from '@cloister/protocol';

/** The schemas that validate, by the name they have in the document. */
const SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  SessionRequest: jsonSchema(sessionRequest),
  SessionResponse: jsonSchema(sessionResponse),
  RecordRequest: jsonSchema(recordRequest),
  FoldedRecord: jsonSchema(foldedRecord),
  RecordResponse: jsonSchema(recordResponse),
  RevealRequest: jsonSchema(revealRequest),
  FoldedReveal: jsonSchema(foldedReveal),
  RevealResponse: jsonSchema(revealResponse),
  Problem: jsonSchema(problem),
};

const REFUSALS: Readonly<Record<string, string>> = {
  '400': 'A header or the JSON itself is not acceptable.',
  '401': 'The credential, session or proof is not accepted.',
  '403': 'Not allowed from here or with this session.',
  '404': 'No such thing.',
  '409': 'The idempotency key was used for another request.',
  '413': 'The body is too large.',
  '415': 'The body is neither application/json nor a folded request.',
  '422': 'The body does not fit the contract; `errors` says where.',
  '429': 'Too many requests; see Retry-After.',
  '500': 'The vault failed.',
  '503': 'The vault cannot answer now; see Retry-After.',
};

const content = (type: string, name: string) => ({ [type]: { schema: { $ref: `#/components/schemas/${name}` } } });
const json = (name: string) => content('application/json', name);
/** Headers of requests that can be folded, and then have none. */
const header = (name: string, description: string) => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string' },
});

interface OperationText {
  readonly method: 'post' | 'delete';
  readonly id: string;
  readonly summary: string;
  /** Name of the schemas of request and answer; absent when there is no body either way. */
  readonly schema?: string;
  /** Whether it may also come as a text with its headers in it, and then without them. */
  readonly folds?: true;
  readonly success: readonly [status: string, description: string];
  readonly parameters: readonly object[];
  readonly security: string;
}

const DPOP = header('DPoP', 'Proof of possession (RFC 9449), ES256. Not beside a folded request.');

const OPERATIONS: Readonly<Record<string, OperationText>> = {
  [VAULT_ROUTES.sessions]: {
    method: 'post',
    id: 'createSession',
    summary: 'A backend gets a session for the key of a coordinator.',
    schema: 'Session',
    success: ['201', 'The session; hand its token to the page.'],
    parameters: [],
    security: 'service',
  },
  [VAULT_ROUTES.session]: {
    method: 'delete',
    id: 'revokeSession',
    summary: 'A backend ends a session of its account before its time.',
    success: ['204', 'It has ended. Sessions that are unknown, have ended or belong to others are `404`.'],
    parameters: [
      { name: 'id', in: 'path', required: true, description: 'Id of the session.', schema: jsonSchema(token) },
    ],
    security: 'service',
  },
  [VAULT_ROUTES.records]: {
    method: 'post',
    id: 'createRecord',
    summary: 'The coordinator stores the values of one form, all or nothing.',
    schema: 'Record',
    folds: true,
    success: ['201', 'Tokens of what was created; a retry with the same key and body gets the same answer.'],
    parameters: [
      DPOP,
      header('Idempotency-Key', 'A UUID (version 4); the same for every retry. Not beside a folded request.'),
    ],
    security: 'session',
  },
  [VAULT_ROUTES.reveal]: {
    method: 'post',
    id: 'reveal',
    summary: 'The coordinator fetches values to show.',
    schema: 'Reveal',
    folds: true,
    success: ['200', 'A value or `not-found` for each token, in their order.'],
    parameters: [DPOP],
    security: 'session',
  },
};

const refusal = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

const bodyOf = ({ schema, folds }: OperationText): object =>
  schema === undefined
    ? {}
    : {
        requestBody: {
          required: true,
          content: { ...json(`${schema}Request`), ...(folds && content('text/plain', `Folded${schema}`)) },
        },
      };

const operation = (text: OperationText) => ({
  operationId: text.id,
  summary: text.summary,
  security: [{ [text.security]: [] }, ...(text.folds ? [{}] : [])],
  parameters: text.parameters,
  ...bodyOf(text),
  responses: {
    [text.success[0]]: {
      description: text.success[1],
      ...(text.schema === undefined ? {} : { content: json(`${text.schema}Response`) }),
    },
    ...Object.fromEntries(Object.entries(REFUSALS).map(([status, description]) => [status, refusal(description)])),
  },
});

/** A path in OpenAPI's way of writing its parameters. */
const templateOf = (path: string): string =>
  path
    .split('/')
    .map((part) => (part.startsWith(':') ? `{${part.slice(1)}}` : part))
    .join('/');

/** The HTTP API as OpenAPI 3.1, made of the very schemas that decode requests and answers. */
export function openApiDocument(): object {
  return {
    openapi: '3.1.0',
    info: { title: 'Cloister vault', version: '1', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    paths: {
      ...Object.fromEntries(
        Object.entries(OPERATIONS).map(([path, text]) => [templateOf(path), { [text.method]: operation(text) }]),
      ),
      [VAULT_ROUTES.health]: {
        get: {
          operationId: 'health',
          summary: 'Whether the vault runs.',
          security: [],
          responses: {
            '200': {
              description: 'It does.',
              content: {
                'application/json': {
                  schema: { type: 'object', properties: { status: { const: 'ok' } }, required: ['status'] },
                },
              },
            },
          },
        },
      },
      [VAULT_ROUTES.openapi]: {
        get: {
          operationId: 'openApi',
          summary: 'This document.',
          security: [],
          responses: {
            '200': { description: 'OpenAPI 3.1.', content: { 'application/json': { schema: { type: 'object' } } } },
          },
        },
      },
    },
    components: {
      schemas: SCHEMAS,
      securitySchemes: {
        service: {
          type: 'http',
          scheme: 'bearer',
          description: 'Service credential (`clsk_…`) of a backend. Never in a browser.',
        },
        session: { type: 'http', scheme: 'dpop', description: 'Session token (`cls_…`), bound to a key (RFC 9449).' },
      },
    },
  };
}
