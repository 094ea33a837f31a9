import { ALL_STYLE_PAYLOADS } from './styles/payloads.js';

/** What names an address, asks the document or ends a declaration. */
export const POWERFUL = /thief|[:;{}\\/@<*]|(?:url|src|image|var|env|attr|calc)\(/iu;

/** Values of the corpus that no place of an appearance takes, in any engine. */
export const HOSTILE_VALUES: readonly string[] = ALL_STYLE_PAYLOADS.filter((value) => POWERFUL.test(value));
