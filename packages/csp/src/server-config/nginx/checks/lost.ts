import type { Severity } from '../../../lint/finding.js';
import { SEVERITIES } from '../../../lint/finding.js';
import type { ConfigFinding, Remedy } from '../../finding.js';
import { ENFORCED, nameOf, type SecurityHeader } from '../../headers.js';
import { isShipped } from '../include.js';
import type { Level, SetHeader } from '../level.js';
import type { Directive } from '../parse.js';
import { servesOf, type Serves } from '../serves.js';
import { inARow, onceEach, told } from '../../told.js';
import { placeOf, writtenOf } from '../written.js';

/** What only tells of attacks, or is a hint. */
const SOFT: ReadonlySet<SecurityHeader> = new Set<SecurityHeader>([
  'content-security-policy-report-only',
  'reporting-endpoints',
  'origin-agent-cluster',
]);

/** What a policy weighs in each kind of answer: a browser asks it for documents. */
const POLICY = { pages: 'high', drawings: 'medium', files: 'low', nothing: 'low' } as const satisfies Readonly<
  Record<Serves, Severity>
>;

function weightOf(header: SecurityHeader, serves: Serves): Severity {
  if (header === ENFORCED) return POLICY[serves];
  if (SOFT.has(header) || serves === 'nothing') return 'low';
  return serves === 'pages' || header === 'x-content-type-options' ? 'medium' : 'low';
}

/** What is lost because of the level's own lines. */
function goneOf({ parent, own, adds, inheritance }: Level): readonly SetHeader[] {
  if (inheritance === 'merge' || (adds.length === 0 && inheritance === 'on')) return [];
  const kept = new Set(own.map(({ header }) => header));
  return (parent?.effective ?? []).filter(({ header, value }) => !kept.has(header) && value?.text !== '');
}

/** What a file of headers has: headers, and what is taken away of those that an application sends. */
const isOfHeaders = ({ name }: Directive): boolean => name === 'add_header' || name.endsWith('_hide_header');

/** The line that brings a header in where it is set: the `include` of a file that has nothing else, or its own. */
function lineOf({ directive }: SetHeader, around: Level | undefined): string {
  const { via } = directive;
  const isPure = around?.directives.every((each) => each.via !== via || isOfHeaders(each)) === true;
  return writtenOf(via !== undefined && isPure ? via : directive);
}

/** The level that sets a header. */
function levelOf(level: Level | undefined, { directive }: SetHeader): Level | undefined {
  for (let each = level; each !== undefined; each = each.parent) if (each.adds.includes(directive)) return each;
  return undefined;
}

const remedyOf = (level: Level, gone: readonly SetHeader[]): Remedy => ({
  say: `in ${level.name} write add_header_inherit merge; (nginx 1.29.3 and later), or repeat there what it lost`,
  lines: [...new Set(gone.map((header) => lineOf(header, levelOf(level.parent, header))))],
});

function because({ name, adds }: Level): string {
  return adds.length > 0 ? `${name} has an add_header of its own` : `add_header_inherit is off in ${name}`;
}

/** A file that is not here may bring back what seems lost. */
const unseenIn = ({ directives }: Level): string | undefined =>
  directives.find((directive) => directive.name === 'include' && !isShipped(directive))?.words[1]?.text;

function severityOf(level: Level, gone: readonly SetHeader[]): Severity {
  if (level.inheritance === 'off' || unseenIn(level) !== undefined) return 'note';
  const serves = servesOf(level);
  const weights = gone.map(({ header }) => weightOf(header, serves));
  return SEVERITIES.find((each) => weights.includes(each)) ?? 'low';
}

/** What it means where no page loses a policy. */
const LESSER = 'What the lost headers forbid is allowed there.';

/** Headers of the levels around that an `add_header` of this one takes away. */
export function lostHeaders(level: Level): readonly ConfigFinding[] {
  const gone = onceEach(goneOf(level), ({ header }) => header);
  const switched = level.directives.findLast(({ name }) => name === 'add_header_inherit');
  const at = level.adds[0] ?? switched ?? level.directive;
  if (gone.length === 0 || at === undefined) return [];
  const names = gone.map(({ header, directive }) => {
    const { file, line } = placeOf(directive);
    return `${nameOf(header)} (${file}:${line})`;
  });
  const related = gone.map(({ header, directive }) => ({
    place: placeOf(directive),
    message: `${nameOf(header)} is set here.`,
  }));
  const unseen = unseenIn(level);
  const unless = unseen === undefined ? '' : ` (unless ${unseen} sets it, which was not looked at)`;
  const severity = severityOf(level, gone);
  return [
    told('nginx-headers-lost', {
      at: placeOf(at),
      levels: [level.name],
      message: `${because(level)}, so what is set around it is not sent there${unless}: ${inARow(names)}.`,
      severity,
      ...(severity === 'high' ? {} : { attack: LESSER }),
      related,
      remedy: level.inheritance === 'off' ? undefined : remedyOf(level, gone),
    }),
  ];
}
