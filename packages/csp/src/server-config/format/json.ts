import type { ConfigFinding } from '../finding.js';

/** Findings as JSON, with a version of their shape: fields may be added to it, never taken out. */
export const configJson = (findings: readonly ConfigFinding[]): string =>
  JSON.stringify({ version: 1, findings }, null, 2);
