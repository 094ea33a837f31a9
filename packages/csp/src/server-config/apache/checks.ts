import type { ConfigFinding } from '../finding.js';
import { ENFORCED, nameOf, REPORTED, type SecurityHeader } from '../headers.js';
import { placeIn, type ConfigPlace } from '../source.js';
import { inARow, onceEach, told } from '../told.js';
import { textOf } from '../value.js';
import type { Operation } from './headers.js';
import { wordText } from './line.js';
import type { Directive } from './parse.js';
import type { Level, Site } from './site.js';

const at = ({ line }: Directive): ConfigPlace => placeIn(line.file, line.start, line.end);

const levelsOf = ({ name }: Level): readonly string[] => (name === '' ? [] : [name]);

/** The last operation of the level on a header: where a finding about it stands. */
const lastOn = ({ own }: Level, header: SecurityHeader): Operation | undefined =>
  own.findLast((operation) => operation.header === header && operation.taken);

/** Headers that the level touches, each with its last operation. */
const touched = (level: Level): readonly Operation[] =>
  onceEach(level.own, ({ header }) => header).flatMap(({ header }) => lastOn(level, header) ?? []);

const countIn = (level: Level, table: 'always' | 'onsuccess', header: SecurityHeader): number =>
  (level.tables[table].get(header) ?? []).filter(({ conditional, value }) => !conditional && textOf(value) !== '')
    .length;

const WRITTEN = /^(header\s+)(?:onsuccess\s+)?/iu;

const written = ({ line }: Directive): string =>
  line.file.text.slice(line.start, line.end).replace(/\\\r?\n[\t ]*/gu, '');

/** Headers that only answers that succeed have. */
export function withoutAlways(level: Level): readonly ConfigFinding[] {
  const some = touched(level).filter(
    ({ header, action }) =>
      action !== 'unset' && countIn(level, 'onsuccess', header) > 0 && countIn(level, 'always', header) === 0,
  );
  const [first, ...others] = some;
  if (first === undefined) return [];
  const hasPolicy = some.some(({ header }) => header === ENFORCED);
  return [
    told('apache-without-always', {
      at: at(first.directive),
      levels: levelsOf(level),
      message: `Not sent with errors and redirects of Apache's own, for want of "always": ${inARow(some.map(({ header }) => nameOf(header)))}.`,
      severity: hasPolicy ? 'medium' : 'low',
      related: others.map(({ directive, header }) => ({
        place: at(directive),
        message: `${nameOf(header)} lacks "always", too.`,
      })),
      remedy: {
        say: 'write always, and empty the other table first',
        lines: some.flatMap(({ directive, header }) => [
          `Header onsuccess unset ${nameOf(header)}`,
          written(directive).replace(WRITTEN, '$1always '),
        ]),
      },
    }),
  ];
}

/** Headers that both tables have. */
export const twoTables = (level: Level): readonly ConfigFinding[] =>
  touched(level)
    .filter(({ header }) => countIn(level, 'always', header) > 0 && countIn(level, 'onsuccess', header) > 0)
    .map(({ header, directive }) => {
      const entries = [...(level.tables.always.get(header) ?? []), ...(level.tables.onsuccess.get(header) ?? [])];
      const isOne = new Set(entries.map(({ value }) => textOf(value))).size === 1;
      return told('apache-two-tables', {
        at: at(directive),
        levels: levelsOf(level),
        message: `${nameOf(header)} is set with "always" and without it, so answers that succeed have it twice.`,
        ...(isOne && header === ENFORCED ? { severity: 'low' } : {}),
        related: entries
          .filter((entry) => entry.directive !== directive)
          .map((entry) => ({ place: at(entry.directive), message: `${nameOf(header)} is set here, too.` })),
        remedy: { say: 'empty the other table', lines: [`Header onsuccess unset ${nameOf(header)}`] },
      });
    });

/** Policies that one table has twice. */
export function policyTwice(level: Level): readonly ConfigFinding[] {
  const last = lastOn(level, ENFORCED);
  const count = Math.max(countIn(level, 'always', ENFORCED), countIn(level, 'onsuccess', ENFORCED));
  if (last === undefined || count < 2) return [];
  const message = `${count} policies are sent at once, and each of them must allow a load.`;
  return [told('apache-policy-twice', { at: at(last.directive), levels: levelsOf(level), message })];
}

/** Values that end before they should, because they are not in quotes. */
export const cutValues = (level: Level): readonly ConfigFinding[] =>
  level.own
    .filter(({ taken }) => !taken)
    .map(({ directive, header }) => {
      const words = directive.line.words.map((word) => wordText(directive.line, word));
      const from = words.findIndex((word) => word.toLowerCase().replace(/:$/u, '') === header) + 1;
      const head = words.slice(0, from).join(' ');
      const raw = directive.line.words
        .slice(from)
        .map(({ start, end }) => directive.line.file.text.slice(start, end))
        .join(' ');
      const message = `The value of ${nameOf(header)} ends at the first space, and what follows is nothing that Header takes.`;
      const remedy = { say: 'put the whole value in quotes', lines: [`${head} "${raw.replaceAll('"', '')}"`] };
      return told('apache-value-cut', { at: at(directive), levels: levelsOf(level), message, remedy });
    });

const PASS = /^(?:proxypass(?:match|reverse)?|sethandler|wsgiscriptalias|passengerenabled)$/u;

const isPolicy = (header: SecurityHeader): boolean => header === ENFORCED || header === REPORTED;

/** A configuration that answers pages and has no policy anywhere. */
export function noPolicy({ levels, unseen }: Site): readonly ConfigFinding[] {
  const all = levels.flatMap(({ directives }) => directives);
  const host = all.find(({ name }) => name === 'virtualhost' || name === 'documentroot');
  const has = levels.some(({ own }) => own.some(({ header }) => isPolicy(header)));
  const moves = all.some(({ name }) => name.startsWith('redirect'));
  if (has || host === undefined || moves) return [];
  const isElsewhere = unseen.length > 0 || all.some(({ name }) => PASS.test(name));
  return [
    told('apache-no-policy', {
      at: at(host),
      message: isElsewhere
        ? 'There is no Content-Security-Policy here; what stands behind, or what was not looked at, may send one.'
        : 'There is no Header always set Content-Security-Policy in this configuration.',
      ...(isElsewhere ? { severity: 'note' } : {}),
    }),
  ];
}

/** Levels whose answers may come from elsewhere, with a policy of their own. */
export function upstreamPolicies({ levels }: Site): readonly ConfigFinding[] {
  const hides = levels.some(({ own }) =>
    own.some(({ header, action, table }) => header === ENFORCED && action === 'unset' && table === 'onsuccess'),
  );
  const pass = levels.flatMap(({ directives }) => directives).find(({ name }) => PASS.test(name));
  if (pass === undefined || hides) return [];
  return levels.flatMap((level) => {
    const last = lastOn(level, ENFORCED);
    if (last === undefined || countIn(level, 'always', ENFORCED) === 0) return [];
    return [
      told('apache-upstream-policy', {
        at: at(last.directive),
        levels: levelsOf(level),
        message: 'What an application sends may have a policy, which this does not replace.',
        related: [{ place: at(pass), message: 'Answers come from elsewhere here.' }],
        remedy: {
          say: 'where one of them is enough, take away the application’s',
          lines: [`Header onsuccess unset ${nameOf(ENFORCED)}`],
        },
      }),
    ];
  });
}
