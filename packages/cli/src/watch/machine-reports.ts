import { foundLine } from '../evidence/reports.js';
import { textOf } from '../evidence/markup.js';
import type { Found } from '../evidence/entry.js';

const RULES = { added: 'something was added', changed: 'something was changed', gone: 'something is gone' } as const;

/** SARIF §3.11.5 and §3.11.6: braces are places for arguments and brackets are links, and the words are a page's. */
const plain = (text: string): string =>
  text.replaceAll(/[\\[\]]/gu, (letter) => `\\${letter}`).replaceAll(/[{}]/gu, (letter) => letter + letter);

/** Findings for code scanning (SARIF 2.1.0). */
export const sarif = (page: string, findings: readonly Found[]): string =>
  `${JSON.stringify(
    {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'cloister csp monitor',
              rules: Object.entries(RULES).map(([id, text]) => ({ id, shortDescription: { text } })),
            },
          },
          results: findings.map((finding) => ({
            ruleId: finding.problem,
            level: 'error',
            message: { text: plain(foundLine(finding)) },
            locations: [{ physicalLocation: { artifactLocation: { uri: page } } }],
          })),
        },
      ],
    },
    null,
    2,
  )}\n`;

/** XML 1.0 has no control characters, not even as references. */
const xml = (text: string): string => textOf(text.replaceAll(/[^\P{C}\t\n\r]/gu, '?'));

/** Findings for a build server: one test that passes when there are none, or one that fails for each. */
export function junit(page: string, findings: readonly Found[]): string {
  const cases =
    findings.length === 0
      ? `<testcase classname="${xml(page)}" name="is as it was approved"/>`
      : findings
          .map(({ kind, name, ...rest }) => {
            const line = xml(foundLine({ kind, name, ...rest }));
            return `<testcase classname="${xml(page)}" name="${xml(`${kind} ${name}`)}"><failure message="${line}"/></testcase>`;
          })
          .join('\n');
  const count = String(Math.max(1, findings.length));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name="cloister csp monitor" tests="${count}" failures="${String(findings.length)}">\n${cases}\n</testsuite>\n`;
}
