import type { Severity } from '../finding.js';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

export const LEVELS = { high: 'error', medium: 'warning', low: 'note', note: 'note' } as const satisfies Readonly<
  Record<Severity, string>
>;

/** SARIF §3.11.5 and §3.11.6: braces are places for arguments and brackets are links, and the text is another's. */
export const plain = (text: string): string =>
  text.replace(/[\\[\]]/gu, (letter) => `\\${letter}`).replace(/[{}]/gu, (letter) => letter + letter);

/** What is told of a rule. */
interface Told {
  readonly severity: Severity;
  readonly title: string;
  readonly explanation: string;
  readonly source: string;
}

/** A rule as a `reportingDescriptor` (SARIF §3.49). */
export const descriptorOf = (id: string, { title, explanation, source, severity }: Told): object => ({
  id,
  shortDescription: { text: title },
  fullDescription: { text: explanation },
  help: { text: `${explanation} Source: ${source}.` },
  defaultConfiguration: { level: LEVELS[severity] },
  properties: { severity },
});

/** What is in a log, beside the tool's name. */
interface Logged {
  readonly version: string;
  readonly rules: readonly object[];
  /** Texts that the log itself has; not given where results stand in files. */
  readonly artifacts?: readonly object[];
  readonly results: readonly object[];
}

/** A log with one run (SARIF §3.13, §3.14). */
export const sarifLog = ({ version, rules, artifacts, results }: Logged): string =>
  JSON.stringify(
    {
      $schema: SCHEMA,
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'cloister-csp', version, rules } },
          ...(artifacts === undefined ? {} : { artifacts }),
          columnKind: 'utf16CodeUnits',
          results,
        },
      ],
    },
    null,
    2,
  );
