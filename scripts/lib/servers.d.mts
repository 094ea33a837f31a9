export type ServerName = 'nginx' | 'apache' | 'caddy';
export const SERVERS: readonly ServerName[];
export function findServer(name: ServerName): string | undefined;
export function serverAdvice(names: readonly ServerName[]): string;
export function ensureServers(): Promise<void>;
