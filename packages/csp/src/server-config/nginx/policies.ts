import type { Finding, LintInput, LintNeeds, PlaceOf } from '../../lint/finding.js';
import { fixPage, lint } from '../../lint/lint.js';
import type { ConfigFinding, Remedy } from '../finding.js';
import { ENFORCED, REPORTED } from '../headers.js';
import { placeIn, type ConfigPlace } from '../source.js';
import type { Level, SetHeader } from './level.js';
import { headerValues, type Site } from './site.js';
import { placeOf } from './told.js';
import { holdsUnknown, isOpenEnded, spanOf, textOf, type Value } from './value.js';

/** Of the pages that the configuration is for. */
export interface PageFacts {
  /** As `https://shop.example`. */
  readonly origin: string;
  /** Addresses that must work. */
  readonly needs?: LintNeeds;
}

/** Headers that stand together in an answer, one value of each. */
interface Answer {
  readonly enforced: readonly Value[];
  readonly reported: readonly Value[];
  readonly others: readonly (readonly [name: string, value: Value])[];
  readonly all: readonly SetHeader[];
}

/** Sets of headers that are linted; a person writes ten. */
const MOST_ANSWERS = 50;
const MOST_CHOICES = 20;
/** Of a policy; servers refuse headers of 8 KiB. */
const LONGEST = 16_384;

const isPolicy = ({ header }: SetHeader): boolean => header === ENFORCED || header === REPORTED;

const isReadable = (value: Value): boolean => value.some(({ unknown }) => !unknown) && textOf(value).length <= LONGEST;

/** The answers of a level: one for each value that a policy of it may have, beside the first of the others. */
function answersOf(all: readonly SetHeader[], site: Site): readonly Answer[] {
  const valued = all.map((header) => ({
    header,
    values: headerValues(header, site).filter(isReadable),
  }));
  const choices = Math.max(1, ...valued.filter(({ header }) => isPolicy(header)).map(({ values }) => values.length));
  return Array.from({ length: Math.min(choices, MOST_CHOICES) }, (_, choice) => {
    const chosen = valued.flatMap(({ header, values }) => {
      const value = values[choice] ?? values[0];
      return value === undefined ? [] : [[header.header, value] as const];
    });
    const named = (name: string): readonly Value[] => chosen.flatMap(([each, value]) => (each === name ? [value] : []));
    return { enforced: named(ENFORCED), reported: named(REPORTED), others: chosen, all };
  }).filter(({ enforced, reported }) => enforced.length + reported.length > 0);
}

const inputOf = ({ enforced, reported, others }: Answer, facts: PageFacts): LintInput => ({
  enforced: enforced.map(textOf),
  reported: reported.map(textOf),
  headers: Object.fromEntries(others.map(([name, value]) => [name, textOf(value)])),
  ...facts,
});

const valuesOfKind = (answer: Answer, of: PlaceOf): readonly Value[] => (of === 'meta' ? [] : answer[of]);

/** Whether a finding speaks of what is not known. */
function isGuess({ place, word }: Finding, value: Value): boolean {
  const isWhole =
    place === undefined || (word === undefined && place.start === 0 && place.end === textOf(value).length);
  if (isWhole) return isOpenEnded(value);
  return holdsUnknown(value, place.start, place.end);
}

function placeFor({ place }: Finding, value: Value): ConfigPlace | undefined {
  const span = spanOf(value, place?.start ?? 0, place?.end ?? textOf(value).length);
  return span === undefined ? undefined : placeIn(span.directive.file, span.start, span.end);
}

/** The change of one finding, and that of all about its policy. */
function remedyOf({ edit, place }: Finding, value: Value, mended: LintInput): Remedy | undefined {
  if (edit === undefined || place === undefined || value.some(({ unknown }) => unknown)) return undefined;
  const together = mended[place.of]?.[place.value]?.trim();
  const remedy = { say: 'write the policy as', lines: [edit.text.trim()] };
  return together === undefined ? remedy : { ...remedy, together };
}

/** One answer, what lint makes of it, and the levels that have it. */
interface Linted {
  readonly answer: Answer;
  readonly mended: LintInput;
  readonly levels: readonly string[];
}

function convert(finding: Finding, { answer, mended, levels }: Linted): readonly ConfigFinding[] {
  const { place, rule, severity, message, attack } = finding;
  const value =
    place === undefined ? (answer.enforced[0] ?? answer.reported[0]) : valuesOfKind(answer, place.of)[place.value];
  const at = value === undefined ? undefined : placeFor(finding, value);
  if (value === undefined || at === undefined || isGuess(finding, value)) return [];
  const related = value
    .slice(0, 1)
    .filter(({ directive }) => directive.name !== 'add_header')
    .flatMap(() => answer.all.filter(isPolicy))
    .map(({ directive }) => ({ place: placeOf(directive), message: 'It is sent from here.' }));
  return [{ rule, severity, place: at, levels, message, attack, related, remedy: remedyOf(finding, value, mended) }];
}

interface Shared {
  readonly headers: readonly SetHeader[];
  readonly levels: string[];
}

/** Levels with the same headers, together: what lint says of them is the same. */
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
  sharedBy(site.levels).flatMap(({ headers, levels }) =>
    answersOf(headers, site).flatMap((answer) => {
      const input = inputOf(answer, facts);
      const findings = lint(input);
      const linted = { answer, mended: fixPage(input, findings), levels };
      return findings.flatMap((finding) => convert(finding, linted));
    }),
  );
