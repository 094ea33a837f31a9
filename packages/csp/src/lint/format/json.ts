import type { Finding } from '../finding.js';

/** Findings as JSON, with a version of their shape: fields may be added to it, never taken out. */
export const lintJson = (findings: readonly Finding[]): string => JSON.stringify({ version: 1, findings }, null, 2);
