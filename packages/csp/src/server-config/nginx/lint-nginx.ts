import { arranged } from '../arranged.js';
import type { PageFacts } from '../answer.js';
import type { ConfigFinding } from '../finding.js';
import { placeIn, type ConfigText, type IncludeReader } from '../source.js';
import { withoutAlways } from './checks/always.js';
import { lostHeaders } from './checks/lost.js';
import { brokenLines, cutValues, longValues } from './checks/quoting.js';
import { setTwice } from './checks/twice.js';
import { noPolicy, otherModules, unknownValues, unseenFiles } from './checks/unseen.js';
import { upstreamPolicies } from './checks/upstream.js';
import type { Level } from './level.js';
import { policyFindings } from './policies.js';
import { PROBLEMS } from './problem.js';
import { readSite, type Site } from './site.js';
import { told } from '../told.js';

/** What a configuration is linted with. */
export interface NginxOptions extends PageFacts {
  /** Answers what an `include` names. Not given: nothing is there. */
  readonly read?: IncludeReader;
}

const problems = (site: Site): readonly ConfigFinding[] =>
  site.problems.map(({ code, file, start }) =>
    told('config-syntax', { at: placeIn(file, start, Math.min(start + 1, file.text.length)), message: PROBLEMS[code] }),
  );

const ofLevel = (level: Level, site: Site): readonly ConfigFinding[] => [
  ...lostHeaders(level),
  ...withoutAlways(level),
  ...setTwice(level, site),
  ...cutValues(level),
  ...longValues(level),
  ...brokenLines(level, site),
  ...upstreamPolicies(level),
  ...otherModules(level),
  ...unknownValues(level, site),
];

/**
 * Looks for what is wrong with the security headers of an nginx configuration: those that an inner `add_header` takes away, those that
 * errors do not have, policies that hold twice, values that end early; and for what `lint` says of each policy, at its letters in the
 * file. The worst come first. No more than 100 findings of one rule.
 *
 * It knows one configuration and not what runs: which location answers an address, and what an application adds, is told by `lint`
 * of the address.
 *
 * Security: messages quote the configuration. Escape them for where they are shown; the formats of this package do.
 *
 * @param main the file that is asked for; what it includes comes from `read`.
 * @throws TypeError when `origin`, or an address of `needs`, is not a URL.
 */
export function lintNginx(main: ConfigText, { read = () => [], ...facts }: NginxOptions): readonly ConfigFinding[] {
  const site = readSite(main, read);
  const found = [
    ...problems(site),
    ...site.levels.flatMap((level) => ofLevel(level, site)),
    ...unseenFiles(site),
    ...noPolicy(site),
    ...policyFindings(site, facts),
  ];
  return arranged(found);
}
