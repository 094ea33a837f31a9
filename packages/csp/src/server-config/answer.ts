import type { Finding, LintInput, LintNeeds, PlaceOf } from '../lint/finding.js';
import { fixPage, lint } from '../lint/lint.js';
import type { ConfigFinding, Remedy } from './finding.js';
import { ENFORCED, REPORTED } from './headers.js';
import { placeIn, type ConfigPlace } from './source.js';
import { holdsUnknown, isOpenEnded, spanOf, textOf, type Value } from './value.js';

/** Of the pages that the configuration is for. */
export interface PageFacts {
  /** As `https://shop.example`. */
  readonly origin: string;
  /** Addresses that must work. */
  readonly needs?: LintNeeds;
}

/** Headers that stand together in an answer, one value of each. */
export interface Answer {
  /** By their names in lower case. */
  readonly headers: readonly (readonly [name: string, value: Value])[];
  /** Of the directives that send the policies. */
  readonly senders: readonly ConfigPlace[];
  /** Levels of the configuration that answer so. */
  readonly levels: readonly string[];
}

/** Of a policy; servers refuse headers of 8 KiB. */
const LONGEST = 16_384;

/** Whether enough of a value is known to judge it. */
export const isReadable = (value: Value): boolean =>
  value.some(({ unknown }) => !unknown) && textOf(value).length <= LONGEST;

const NAMES = { enforced: ENFORCED, reported: REPORTED } as const;

const valuesIn = ({ headers }: Answer, of: PlaceOf): readonly Value[] =>
  of === 'meta' ? [] : headers.flatMap(([name, value]) => (name === NAMES[of] ? [value] : []));

const inputOf = (answer: Answer, facts: PageFacts): LintInput => ({
  enforced: valuesIn(answer, 'enforced').map(textOf),
  reported: valuesIn(answer, 'reported').map(textOf),
  headers: Object.fromEntries(answer.headers.map(([name, value]) => [name, textOf(value)])),
  ...facts,
});

/** Whether a finding speaks of what is not known. */
function isGuess({ place, word }: Finding, value: Value): boolean {
  const isWhole =
    place === undefined || (word === undefined && place.start === 0 && place.end === textOf(value).length);
  if (isWhole) return isOpenEnded(value);
  return holdsUnknown(value, place.start, place.end);
}

function placeFor({ place }: Finding, value: Value): ConfigPlace | undefined {
  const span = spanOf(value, place?.start ?? 0, place?.end ?? textOf(value).length);
  return span === undefined ? undefined : placeIn(span.file, span.start, span.end);
}

/** The change of one finding, and that of all about its policy. */
function remedyOf({ edit, place }: Finding, value: Value, mended: LintInput): Remedy | undefined {
  if (edit === undefined || place === undefined || value.some(({ unknown }) => unknown)) return undefined;
  const together = mended[place.of]?.[place.value]?.trim();
  const remedy = { say: 'write the policy as', lines: [edit.text.trim()] };
  return together === undefined ? remedy : { ...remedy, together };
}

/** Where a policy is sent from, when it is written elsewhere. */
function senders({ senders: all }: Answer, at: ConfigPlace): ConfigFinding['related'] {
  const isThere = all.some(({ file, start, end }) => file === at.file && start <= at.start && at.end <= end);
  return isThere ? [] : all.map((place) => ({ place, message: 'It is sent from here.' }));
}

function convert(finding: Finding, answer: Answer, mended: LintInput): readonly ConfigFinding[] {
  const { place, rule, severity, message, attack } = finding;
  const [first] = [...valuesIn(answer, 'enforced'), ...valuesIn(answer, 'reported')];
  const value = place === undefined ? first : valuesIn(answer, place.of)[place.value];
  const at = value === undefined ? undefined : placeFor(finding, value);
  if (value === undefined || at === undefined || isGuess(finding, value)) return [];
  const remedy = remedyOf(finding, value, mended);
  const { levels } = answer;
  return [{ rule, severity, place: at, levels, message, attack, related: senders(answer, at), remedy }];
}

/** What lint says of the policies of an answer, at their letters in the file; nothing where there is no policy. */
export function lintAnswer(answer: Answer, facts: PageFacts): readonly ConfigFinding[] {
  const input = inputOf(answer, facts);
  if (input.enforced?.length === 0 && input.reported?.length === 0) return [];
  const findings = lint(input);
  const mended = fixPage(input, findings);
  return findings.flatMap((finding) => convert(finding, answer, mended));
}
