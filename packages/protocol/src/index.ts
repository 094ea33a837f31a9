export * from './schema/schema.js';
export { decode, type Decoded, type Issue, type KeyNaming, type Problem } from './schema/decode.js';
export * from './schema/formats.js';
export { jsonSchema, type JsonSchema } from './schema/json-schema.js';
export { Secret } from './secret.js';
export { PROTOCOL_VERSION } from './version.js';
export { ERROR_CODES, isErrorCode, type ErrorCode } from './errors/codes.js';
export { CodedError } from './errors/coded-error.js';
export { ERRORS, type ErrorEntry, type ErrorOwner } from './errors/error-table.js';
export { CloisterError, ERROR_DOCS } from './errors/cloister-error.js';
export * from './config/vocabulary.js';
export {
  CONFIG_JSON_SCHEMA,
  configSchema,
  fieldConfig,
  type CloisterConfig,
  type CollectionConfig,
  type FieldConfig,
} from './config/config.js';
export { parseConfig, type ConfigIssue, type ParsedConfig } from './config/parse-config.js';
export * from './bridge/appearance.js';
export * from './bridge/field-state.js';
export * from './bridge/hello.js';
export * from './bridge/collect-frame.js';
export * from './bridge/reveal-frame.js';
export * from './bridge/coordinator-frame.js';
export * from './bridge/methods.js';
export * from './bridge/limits.js';
export * from './bridge/port-messenger.js';
export * from './bridge/wire-guard.js';
export * from './vault/tokens.js';
export * from './vault/sessions.js';
export * from './vault/records.js';
export * from './vault/reveal.js';
export * from './vault/proofs.js';
export * from './vault/folded.js';
export * from './vault/problem.js';
export * from './vault/routes.js';
