/** Servers whose configuration can be linted. */
export const CONFIG_SERVERS = ['nginx'] as const;
export type ConfigServer = (typeof CONFIG_SERVERS)[number];

/** How a line begins that only nginx has. */
const NGINX = /^[\t ]*(?:(?:http|server|events)\s*\{|location\s[^\n{]*\{|add_header\s)/mu;

/** Which server a text is the configuration of; `undefined` where it is something else, as a policy or the head of an answer. */
export const configServerOf = (text: string): ConfigServer | undefined => (NGINX.test(text) ? 'nginx' : undefined);
