/** Milliseconds that a DPoP proof counts (RFC 9449 §11.1): the vault holds callers to it, and coordinators date theirs by it. */
export const PROOF_PAST = 60_000;
/** Milliseconds that a proof may be dated ahead of the vault's clock. */
export const PROOF_AHEAD = 2000;
