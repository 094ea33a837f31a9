/** Servers whose configuration can be linted. */
export const CONFIG_SERVERS = ['nginx', 'apache'] as const;
export type ConfigServer = (typeof CONFIG_SERVERS)[number];

/** How a line begins that only this server has. */
const LINES = {
  nginx: /^[\t ]*(?:(?:http|server|events)\s*\{|location\s[^\n{]*\{|add_header\s)/mu,
  apache:
    /^[\t ]*(?:<(?:VirtualHost|(?:Directory|Files|Location)(?:Match)?|IfModule)\s|Header\s+(?:always\s+|onsuccess\s+)?(?:add|append|merge|set|setifempty|unset)\s)/imu,
} as const satisfies Readonly<Record<ConfigServer, RegExp>>;

/** Which server a text is the configuration of; `undefined` where it is something else, as a policy or the head of an answer. */
export const configServerOf = (text: string): ConfigServer | undefined =>
  CONFIG_SERVERS.find((server) => LINES[server].test(text));
