import { descriptorOf, LEVELS, plain, sarifLog } from '../../lint/format/sarif-log.js';
import { RULE_IDS, RULES } from '../../lint/rules.js';
import type { ConfigFinding } from '../finding.js';
import { CONFIG_RULE_IDS, CONFIG_RULES } from '../rules.js';
import type { ConfigPlace } from '../source.js';

const IDS: readonly string[] = [...CONFIG_RULE_IDS, ...RULE_IDS];

/** A path as a reference (RFC 3986 §4.2): of a file of the repository where it is relative, else `file:`. */
function uriOf(file: string): string {
  const path = file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  return path.startsWith('/') ? `file://${path}` : path;
}

function locationOf(place: ConfigPlace): object {
  const { file, line, column, endLine, endColumn, start, end } = place;
  return {
    artifactLocation: { uri: uriOf(file) },
    region: {
      startLine: line,
      startColumn: column,
      endLine,
      endColumn,
      charOffset: start,
      charLength: end - start,
    },
  };
}

function relatedOf({ related }: ConfigFinding): object {
  if (related.length === 0) return {};
  const relatedLocations = related.map(({ place, message }, id) => ({
    id,
    physicalLocation: locationOf(place),
    message: { text: plain(message) },
  }));
  return { relatedLocations };
}

function resultOf(finding: ConfigFinding): object {
  const { rule, severity, message, attack, place, remedy, levels } = finding;
  const change = remedy === undefined ? '' : ` Change: ${[remedy.say, ...remedy.lines].join('\n')}`;
  return {
    ruleId: rule,
    ruleIndex: IDS.indexOf(rule),
    level: LEVELS[severity],
    message: { text: plain(`${message} ${attack}${change}`) },
    locations: [{ physicalLocation: locationOf(place), logicalLocations: levels.slice(0, 1).map(logicalOf) }],
    ...relatedOf(finding),
  };
}

const logicalOf = (name: string): object => ({ fullyQualifiedName: name });

/**
 * Findings as a SARIF 2.1.0 log (OASIS), for code scanning: results stand at lines of the files that were read.
 *
 * @param version of the tool.
 */
export const configSarif = (findings: readonly ConfigFinding[], version: string): string =>
  sarifLog({
    version,
    rules: [
      ...CONFIG_RULE_IDS.map((id) => descriptorOf(id, CONFIG_RULES[id])),
      ...RULE_IDS.map((id) => descriptorOf(id, RULES[id])),
    ],
    results: findings.map(resultOf),
  });
