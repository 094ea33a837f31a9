import { shown } from '../../lint/format/text.js';
import type { ConfigFinding, Remedy } from '../finding.js';
import type { ConfigPlace } from '../source.js';

/** A place as compilers write it, so that editors find it. */
const placeName = ({ file, line, column }: ConfigPlace): string => `${file}:${line}:${column}`;

/** Levels that are named; the others are counted. */
const NAMED = 3;

function inLevels(levels: readonly string[]): readonly string[] {
  if (levels.length === 0) return [];
  const more = levels.length > NAMED ? `, and ${levels.length - NAMED} more` : '';
  return [`  in: ${levels.slice(0, NAMED).join(', ')}${more}`];
}

const remedyLines = ({ say, lines }: Remedy): readonly string[] => [
  `  change: ${say}${lines.length > 0 ? ':' : ''}`,
  ...lines.map((line) => `    ${line}`),
];

const block = ({ severity, rule, place, levels, message, attack, remedy }: ConfigFinding): string =>
  [
    `${severity}  ${rule}  ${placeName(place)}`,
    `  ${message}`,
    ...inLevels(levels),
    `  attack: ${attack}`,
    ...(remedy === undefined ? [] : remedyLines(remedy)),
  ]
    .map(shown)
    .join('\n');

const plural = (count: number): string => (count === 1 ? '1 finding' : `${count} findings`);

/**
 * Findings for a terminal, without colours, each with `file:line:column`.
 *
 * Security: control and direction characters of the file are written out, so that it cannot write to the terminal.
 */
export const configText = (findings: readonly ConfigFinding[]): string =>
  [...findings.map(block), findings.length === 0 ? 'No findings.' : `${plural(findings.length)}.`].join('\n\n');

/** Findings whose change is the same one: those of a policy that is mended as a whole. */
function oneEach(findings: readonly ConfigFinding[]): readonly ConfigFinding[] {
  const known = new Set<string>();
  return findings.filter(({ place, remedy }) => {
    const key = `${place.file} ${remedy?.together ?? ''}`;
    return remedy?.together === undefined || (!known.has(key) && known.add(key));
  });
}

/** What to write where, and nothing else: a server's configuration is changed by a person. */
export const configRemedies = (findings: readonly ConfigFinding[]): string =>
  oneEach(findings)
    .flatMap(({ place, rule, remedy }) => {
      if (remedy === undefined) return [];
      const { together } = remedy;
      const whole = together === undefined ? remedy : { ...remedy, lines: [together] };
      const what = together === undefined ? rule : 'the policy';
      return [[`${placeName(place)}  ${what}`, ...remedyLines(whole)].map(shown).join('\n')];
    })
    .join('\n\n');
