import type { Explanation } from '@cloister/csp';

/** What a report means, for a terminal: what was refused, by what and whose it is, and what to change. */
export const explained = ({ directive, because, whose, what, fix }: Explanation): readonly string[] => [
  what,
  `  directive: ${directive}${because === undefined || because === directive ? '' : `, for which ${because} answered`}; whose: ${whose}`,
  fix.kind === 'edit'
    ? `  ${whose === 'unknown' ? 'change, only if you know it' : 'change'}: ${fix.line}`
    : `  no change: ${fix.why}`,
];
