import { isReadable, lintAnswer, type Answer, type PageFacts } from '../answer.js';
import type { ConfigFinding } from '../finding.js';
import { ENFORCED, REPORTED } from '../headers.js';
import type { Level, SetHeader } from './level.js';
import { headerValues, type Site } from './site.js';
import { placeOf } from './written.js';

/** Sets of headers that are linted; a person writes ten. */
const MOST_ANSWERS = 50;
const MOST_CHOICES = 20;

const isPolicy = ({ header }: SetHeader): boolean => header === ENFORCED || header === REPORTED;

/** Levels with the same headers, together: what lint says of them is the same. */
interface Shared {
  readonly headers: readonly SetHeader[];
  readonly levels: string[];
}

/** The answers of a level: one for each value that a policy of it may have, beside the first of the others. */
function answersOf({ headers, levels }: Shared, site: Site): readonly Answer[] {
  const policies = headers.filter(isPolicy);
  const valued = headers.map((header) => ({ header, values: headerValues(header, site).filter(isReadable) }));
  const choices = Math.max(1, ...policies.map((header) => headerValues(header, site).filter(isReadable).length));
  const senders = policies.map(({ directive }) => placeOf(directive));
  return Array.from({ length: Math.min(choices, MOST_CHOICES) }, (_, choice) => {
    const chosen = valued.flatMap(({ header, values }) => {
      const value = values[choice] ?? values[0];
      return value === undefined ? [] : [[header.header, value] as const];
    });
    return { headers: chosen, senders, levels };
  });
}

function sharedBy(levels: readonly Level[]): readonly Shared[] {
  const known = new Map<string, Shared>();
  for (const { effective, name } of levels) {
    if (!effective.some(isPolicy)) continue;
    const key = effective.map(({ directive: { file, start } }) => `${file.name}:${start}`).join(' ');
    const shared = known.get(key) ?? { headers: effective, levels: [] };
    shared.levels.push(name);
    known.set(key, shared);
  }
  return [...known.values()].slice(0, MOST_ANSWERS);
}

/** What lint says of every policy of a configuration, at its letters in the file. */
export const policyFindings = (site: Site, facts: PageFacts): readonly ConfigFinding[] =>
  sharedBy(site.levels).flatMap((shared) => answersOf(shared, site).flatMap((answer) => lintAnswer(answer, facts)));
