import { isReadable, lintAnswer, type PageFacts } from '../answer.js';
import { arranged } from '../arranged.js';
import type { ConfigFinding } from '../finding.js';
import { ENFORCED, REPORTED, type SecurityHeader } from '../headers.js';
import { placeIn, type ConfigPlace, type ConfigText, type IncludeReader } from '../source.js';
import { told } from '../told.js';
import { cutValues, noPolicy, policyTwice, twoTables, upstreamPolicies, withoutAlways } from './checks.js';
import type { Entry } from './headers.js';
import { wordText, type Line } from './line.js';
import { PROBLEMS } from './parse.js';
import { readSite, type Level, type Site } from './site.js';

/** What a configuration is linted with. */
export interface ApacheOptions extends PageFacts {
  /** Answers what an `Include` names. Not given: nothing is there. */
  readonly read?: IncludeReader;
}

const MOST_ANSWERS = 50;

const at = ({ file, start, end }: Line): ConfigPlace => placeIn(file, start, end);

const aboutFiles = ({ problems, unseen, guarded }: Site): readonly ConfigFinding[] => [
  ...problems.map(({ code, line }) => told('config-syntax', { at: at(line), message: PROBLEMS[code] })),
  ...unseen.map(({ line }) =>
    told('apache-unseen', {
      at: at(line),
      message: `What ${wordText(line, line.words[1])} sets was not looked at: there is no such file here.`,
    }),
  ),
  ...guarded.map(({ line }) =>
    told('apache-if-module', { at: at(line), message: 'Where the module is not loaded, these headers are not sent.' }),
  ),
];

const isPolicy = (header: SecurityHeader): boolean => header === ENFORCED || header === REPORTED;

/** What answers that succeed have. */
const sentBy = ({ tables }: Level): readonly (readonly [SecurityHeader, Entry])[] =>
  [tables.always, tables.onsuccess].flatMap((table) =>
    [...table].flatMap(([header, entries]) => entries.map((entry) => [header, entry] as const)),
  );

function policies(levels: readonly Level[], facts: PageFacts): readonly ConfigFinding[] {
  const touched = levels.filter(({ own }) => own.some(({ header }) => isPolicy(header)));
  return touched.slice(0, MOST_ANSWERS).flatMap((level) => {
    const sent = sentBy(level).filter(([, { value }]) => isReadable(value));
    const senders = sent.flatMap(([header, { directive }]) => (isPolicy(header) ? [at(directive.line)] : []));
    const headers = sent.map(([header, { value }]) => [header, value] as const);
    return lintAnswer({ headers, senders, levels: level.name === '' ? [] : [level.name] }, facts);
  });
}

/**
 * Looks for what is wrong with the security headers of an Apache configuration: those that errors do not have, those that two tables send
 * twice, values that end early; and for what `lint` says of each policy, at its letters in the file. The worst come first.
 *
 * It knows sections within sections. Which of several sections an address falls into, and what they make of each other, is told by `lint` of
 * the address.
 *
 * Security: messages quote the configuration. Escape them for where they are shown; the formats of this package do.
 *
 * @param main the file that is asked for; what it includes comes from `read`.
 * @throws TypeError when `origin`, or an address of `needs`, is not a URL.
 */
export function lintApache(main: ConfigText, { read = () => [], ...facts }: ApacheOptions): readonly ConfigFinding[] {
  const site = readSite(main, read);
  return arranged([
    ...aboutFiles(site),
    ...site.levels.flatMap((level) => [
      ...withoutAlways(level),
      ...twoTables(level),
      ...policyTwice(level),
      ...cutValues(level),
    ]),
    ...upstreamPolicies(site),
    ...noPolicy(site),
    ...policies(site.levels, facts),
  ]);
}
