/** Paths of the vault's HTTP API; the same constants register the routes and build the requests. */
export const VAULT_ROUTES = {
  sessions: '/v1/sessions',
  /** One session; `:id` stands for its id. */
  session: '/v1/sessions/:id',
  records: '/v1/records',
  reveal: '/v1/reveal',
  health: '/healthz',
  openapi: '/openapi.json',
} as const;
