import type { ConfigFinding } from '../../finding.js';
import { ENFORCED, nameOf } from '../../headers.js';
import type { Level } from '../level.js';
import { servesOf } from '../serves.js';
import { inARow, onceEach, told } from '../../told.js';
import { placeOf, writtenOf } from '../written.js';

/** Headers of a level that its errors do not have. */
export function withoutAlways(level: Level): readonly ConfigFinding[] {
  const some = level.own.filter(({ always, value }) => !always && value !== undefined && value.text !== '');
  const [first, ...others] = some;
  if (first === undefined) return [];
  const names = onceEach(some, ({ header }) => header).map(({ header }) => nameOf(header));
  const hasPages = servesOf(level) === 'pages' && some.some(({ header }) => header === ENFORCED);
  return [
    told('nginx-without-always', {
      at: placeOf(first.directive),
      levels: [level.name],
      message: `Not sent with errors, for want of "always": ${inARow(names)}.`,
      severity: hasPages ? 'medium' : 'low',
      related: others.map(({ directive, header }) => ({
        place: placeOf(directive),
        message: `${nameOf(header)} lacks "always", too.`,
      })),
      remedy: {
        say: 'write always at the end',
        lines: some.map(({ directive }) => `${writtenOf(directive).slice(0, -1).trimEnd()} always;`),
      },
    }),
  ];
}
