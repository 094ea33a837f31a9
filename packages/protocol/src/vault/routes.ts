/** Paths of the vault's HTTP API; the same constants register the routes and build the requests. */
export const VAULT_ROUTES = {
  sessions: '/v1/sessions',
  records: '/v1/records',
  reveal: '/v1/reveal',
  health: '/healthz',
  openapi: '/openapi.json',
} as const;
