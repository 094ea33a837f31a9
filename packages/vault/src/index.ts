export { openVault } from './vault.js';
export { openApiDocument } from './http/openapi.js';
export { REPORTS_ROUTE, type ReportTaker, type ReportsAnswer } from './http/reports.js';
export { PROBLEM_KINDS, type ProblemKind } from './http/problem.js';
export {
  DEFAULT_LIMITS,
  type CredentialInfo,
  type LogEvent,
  type Vault,
  type VaultAudit,
  type VaultCredentials,
  type VaultLimits,
  type VaultOptions,
} from './options.js';
export { VaultStartError, type VaultStartCode } from './start-error.js';
export type { AuditRow, AuditVerdict } from './audit/chain.js';
export type { SweepCounts } from './store/store.js';
export type { NewCredential } from './service/service-credential.js';
