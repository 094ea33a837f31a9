import type { ConfigFinding } from '../../finding.js';
import { ENFORCED, isSecurityHeader, REPORTED } from '../../headers.js';
import { isShipped, type Unseen } from '../include.js';
import type { Level } from '../level.js';
import type { Directive } from '../parse.js';
import { headerValues, type Site } from '../site.js';
import { told } from '../../told.js';
import { placeOf } from '../written.js';
import { servesOf } from '../serves.js';
import { passOf } from './upstream.js';

const WHY = {
  missing: 'there is no such file here',
  cycle: 'it includes itself',
  'too-much': 'there is more than is read',
} as const satisfies Readonly<Record<Unseen['why'], string>>;

/** Files that could not be looked at. */
export const unseenFiles = ({ unseen }: Site): readonly ConfigFinding[] =>
  unseen
    .filter(({ directive }) => !isShipped(directive))
    .map(({ directive, why }) =>
      told('nginx-unseen', {
        at: placeOf(directive),
        message: `What ${directive.words[1]?.text ?? 'this'} sets was not looked at: ${WHY[why]}.`,
      }),
    );

/** Directives of other modules that set headers by rules of their own. */
const OTHER = /^(?:more_(?:set|clear)_headers|js_header_filter|\w+_by_lua(?:_block|_file)?)$/u;
const MOST_LETTERS = 10_000;

const namesHeader = ({ file, start, end }: Directive): boolean =>
  file.text
    .slice(start, Math.min(end, start + MOST_LETTERS))
    .toLowerCase()
    .split(/[^a-z-]+/u)
    .some(isSecurityHeader);

const isBlind = (directive: Directive): boolean => OTHER.test(directive.name) && namesHeader(directive);

export const otherModules = ({ directives, name }: Level): readonly ConfigFinding[] =>
  directives.filter(isBlind).map((directive) =>
    told('nginx-unseen', {
      at: placeOf(directive),
      levels: [name],
      message: `What ${directive.name} does to headers was not looked at.`,
    }),
  );

/** Policies whose value is in no text that is here. */
export const unknownValues = ({ own, name }: Level, site: Site): readonly ConfigFinding[] =>
  own
    .filter(({ header }) => header === ENFORCED || header === REPORTED)
    .filter((header) =>
      headerValues(header, site).some((value) => value.length > 0 && value.every(({ unknown }) => unknown)),
    )
    .map(({ directive, value }) =>
      told('nginx-value-unknown', {
        at: placeOf(directive),
        levels: [name],
        message: `Nothing here says what ${value?.text ?? ''} is.`,
      }),
    );

/** A configuration that answers pages and has no policy anywhere. */
export function noPolicy({ levels, unseen }: Site): readonly ConfigFinding[] {
  const answering = levels.filter(({ kind }) => kind === 'server' || kind === 'location');
  const first = answering.find((level) => servesOf(level) === 'pages')?.directive;
  const has = levels.some(({ own }) => own.some(({ header }) => header === ENFORCED || header === REPORTED));
  if (has || first === undefined) return [];
  const isElsewhere =
    unseen.some(({ directive }) => !isShipped(directive)) ||
    levels.some((level) => passOf(level) !== undefined || level.directives.some(isBlind));
  return [
    told('nginx-no-policy', {
      at: placeOf(first),
      message: isElsewhere
        ? 'There is no Content-Security-Policy here; what stands behind, or what was not looked at, may send one.'
        : 'There is no add_header Content-Security-Policy in this configuration.',
      ...(isElsewhere ? { severity: 'note' } : {}),
    }),
  ];
}
