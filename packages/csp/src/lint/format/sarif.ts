import type { Finding, LintInput, Place, PlaceOf } from '../finding.js';
import { readPage, type Page } from '../page.js';
import { RULE_IDS, RULES } from '../rules.js';
import { descriptorOf, LEVELS, plain, sarifLog } from './sarif-log.js';

const FILES = {
  enforced: 'content-security-policy',
  reported: 'content-security-policy-report-only',
  meta: 'meta',
} as const satisfies Readonly<Record<PlaceOf, string>>;

const uriOf = (of: PlaceOf, value: number): string => `${FILES[of]}/${value}.txt`;

/** Lines and columns count from one (SARIF §3.30). */
function pointOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/u);
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function regionOf(text: string, start: number, end: number): object {
  const from = pointOf(text, start);
  const to = pointOf(text, end);
  return {
    startLine: from.line,
    startColumn: from.column,
    endLine: to.line,
    endColumn: to.column,
    charOffset: start,
    charLength: end - start,
  };
}

const textOf = (input: LintInput, { of, value }: Place): string => input[of]?.[value] ?? '';

function fixOf(finding: Finding, { input, items }: Page): object {
  const { edit, place, policy } = finding;
  const item = policy === undefined ? undefined : items[policy];
  if (edit === undefined || place === undefined || item === undefined) return {};
  const deletedRegion = regionOf(textOf(input, place), item.offset, item.offset + item.text.length);
  const artifactLocation = { uri: uriOf(place.of, place.value) };
  const replacements = [{ deletedRegion, insertedContent: { text: edit.text } }];
  return {
    fixes: [
      {
        description: { text: `${edit.change.op} ${plain(edit.change.directive)}` },
        artifactChanges: [{ artifactLocation, replacements }],
      },
    ],
  };
}

function locationsOf({ place }: Finding, input: LintInput): readonly object[] {
  if (place === undefined) return [];
  const region = regionOf(textOf(input, place), place.start, place.end);
  return [{ physicalLocation: { artifactLocation: { uri: uriOf(place.of, place.value) }, region } }];
}

const resultOf = (finding: Finding, page: Page): object => ({
  ruleId: finding.rule,
  ruleIndex: RULE_IDS.indexOf(finding.rule),
  level: LEVELS[finding.severity],
  message: { text: plain(`${finding.message} ${finding.attack}`) },
  locations: locationsOf(finding, page.input),
  ...fixOf(finding, page),
});

const artifactsOf = (input: LintInput): readonly object[] =>
  (['enforced', 'reported', 'meta'] as const).flatMap((of) =>
    (input[of] ?? []).map((text, value) => ({ location: { uri: uriOf(of, value) }, contents: { text } })),
  );

/**
 * Findings as a SARIF 2.1.0 log (OASIS), for code scanning. Headers are no files, so each is an artifact that the log itself has.
 *
 * @param input what was linted.
 * @param version of the tool.
 */
export function lintSarif(findings: readonly Finding[], input: LintInput, version: string): string {
  const page = readPage(input);
  return sarifLog({
    version,
    rules: RULE_IDS.map((id) => descriptorOf(id, RULES[id])),
    artifacts: artifactsOf(input),
    results: findings.map((finding) => resultOf(finding, page)),
  });
}
