/** The version of the host↔frame contract. Bridge and frame refuse each other when it differs (code `version`). */
export const PROTOCOL_VERSION = 1;
