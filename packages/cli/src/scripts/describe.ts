import type { Inventory, RanScript, ScriptFinding } from '@cloister/csp';

/** Pages choose addresses; a terminal shall not take orders from them. */
export const printable = (text: string): string => text.replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '?').slice(0, 300);

/** That it was another page: a checkout without a basket is a basket. */
export const ledLine = ({ page, led = page }: Inventory): readonly string[] =>
  led === page ? [] : [printable(`${page} led to ${led}: that is what was looked at`)];

/** A script in one line. */
export const scriptLine = ({ kind, src, query = '', hash, length, initiator, frame }: RanScript): string =>
  printable(
    `${kind.padEnd(14)} ${src === '' ? '(text)' : `${src}${query}`}  ${hash}  ${String(length)} letters, by ${initiator}${frame === initiator ? '' : `, in ${frame}`}`,
  );

/** A finding in one line. */
export function findingLine(finding: ScriptFinding): string {
  switch (finding.problem) {
    case 'unknown':
      return `UNKNOWN  ${scriptLine(finding.script)}`;
    case 'changed':
      return `CHANGED  ${printable(finding.approval)}: ${scriptLine(finding.script)}`;
    case 'expired':
      return `EXPIRED  ${printable(finding.approval)} was to be reviewed by ${finding.review}`;
    case 'absent':
      return `absent   ${printable(finding.approval)} did not run`;
  }
}
