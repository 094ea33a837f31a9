export type EngineName = 'chromium' | 'firefox' | 'webkit';
export const ENGINES: readonly EngineName[];
export function findFirefox(): string | undefined;
export function findWebKit():
  { readonly driver: string; readonly browser: string; readonly display: string } | undefined;
export function ensureEngine(name: EngineName): Promise<void>;
