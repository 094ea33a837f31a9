import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LintInput } from '../finding.js';
import { lint } from '../lint.js';
import { RULE_IDS } from '../rules.js';
import { lintJson } from './json.js';
import { lintSarif } from './sarif.js';
import { lintText, shown } from './text.js';

const INPUT: LintInput = {
  enforced: ["default-src 'self'", "img-src http://a.example,\n frame-src 'slef'"],
  meta: ["frame-ancestors 'self';\r\nimg-src self"],
  headers: { 'x-frame-options': 'ALLOWALL' },
  origin: 'https://shop.example',
  needs: { frames: ['https://elements.shop.example'] },
};

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly charOffset: number;
  readonly charLength: number;
}
interface At {
  readonly artifactLocation: { readonly uri: string };
  readonly region: Region;
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly { readonly physicalLocation: At }[];
  readonly fixes?: readonly {
    readonly artifactChanges: readonly {
      readonly artifactLocation: { readonly uri: string };
      readonly replacements: readonly {
        readonly deletedRegion: Region;
        readonly insertedContent: { readonly text: string };
      }[];
    }[];
  }[];
}
interface Run {
  readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly { readonly id: string }[] } };
  readonly artifacts: readonly {
    readonly location: { readonly uri: string };
    readonly contents: { readonly text: string };
  }[];
  readonly results: readonly Result[];
}

interface Log {
  readonly version: string;
  readonly $schema: string;
  readonly runs: readonly [Run];
}

function logOf(input: LintInput): Log {
  const log: Log = JSON.parse(lintSarif(lint(input), input, '1.0.0'));
  return log;
}

/** The letters of a region, by its lines and columns alone. */
function readRegion(text: string, { startLine, startColumn, endLine, endColumn }: Region): string {
  const ends = text.split(/(?<=\r\n|\n|\r(?!\n))/u);
  const offset = (line: number, column: number): number => ends.slice(0, line - 1).join('').length + column - 1;
  return text.slice(offset(startLine, startColumn), offset(endLine, endColumn));
}

describe('SARIF 2.1.0', () => {
  const { version, $schema, runs } = logOf(INPUT);
  const [{ tool, artifacts, results }] = runs;
  const textOf = (uri: string): string => artifacts.find(({ location }) => location.uri === uri)?.contents.text ?? '';

  it('has what the specification requires of a log (§3.13, §3.14, §3.18, §3.19)', () => {
    expect(version).toBe('2.1.0');
    expect($schema).toMatch(/sarif-schema-2\.1\.0\.json$/u);
    expect(tool.driver.name).not.toBe('');
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(RULE_IDS);
    expect(new Set(tool.driver.rules.map(({ id }) => id)).size).toBe(RULE_IDS.length);
  });

  it('has results that point at their rules (§3.27)', () => {
    expect(results.length).toBeGreaterThan(5);
    for (const { ruleId, ruleIndex, level, message } of results) {
      expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
      expect(['error', 'warning', 'note']).toContain(level);
      expect(message.text).not.toBe('');
    }
  });

  it('says where by lines and columns as by letters (§3.30)', () => {
    const places = results.flatMap(({ locations }) => locations.map(({ physicalLocation }) => physicalLocation));
    expect(places.length).toBeGreaterThan(5);
    for (const { artifactLocation, region } of places) {
      const text = textOf(artifactLocation.uri);
      expect(readRegion(text, region)).toBe(text.slice(region.charOffset, region.charOffset + region.charLength));
      expect(region.startLine).toBeGreaterThanOrEqual(1);
      expect(region.charLength).toBeGreaterThan(0);
    }
    const typo = results.find(({ ruleId }) => ruleId === 'source-typo')?.locations[0]?.physicalLocation;
    expect(typo?.region).toMatchObject({ startLine: 2, startColumn: 12, endColumn: 18 });
  });

  it('has fixes that replace one policy (§3.55)', () => {
    const typo = results.find(({ ruleId }) => ruleId === 'source-typo');
    const changes = typo?.fixes?.flatMap(({ artifactChanges }) => artifactChanges) ?? [];
    const made = changes.flatMap(({ artifactLocation: { uri }, replacements }) =>
      replacements.map(({ deletedRegion, insertedContent }) => [
        readRegion(textOf(uri), deletedRegion),
        insertedContent.text,
      ]),
    );
    expect(made).toEqual([["\n frame-src 'slef'", "\n frame-src 'self'"]]);
  });

  it('has no links and no places for arguments that a header brought (§3.11.5, §3.11.6)', () => {
    const [{ results: hostile }] = logOf({
      enforced: ['img-src [x](https://evil.example) {0} a\\b'],
      origin: 'https://shop.example',
    }).runs;
    const text = hostile.map(({ message }) => message.text).join('\n');
    expect(text).toContain('\\[x\\](https://evil.example)');
    expect(text).toContain('{{0}}');
    expect(text).toContain('a\\\\b');
  });
});

describe('text for a terminal', () => {
  it('says severity, rule, place, attack and change', () => {
    const text = lintText(lint(INPUT));
    expect(text).toMatch(/^high {2}missing-frame-src {2}Content-Security-Policy 1, 1-11$/mu);
    expect(text).toContain("  change: default-src 'self'; frame-src 'self' https://elements.shop.example");
    expect(text).toMatch(/^ {2}attack: /mu);
    expect(text).toMatch(/\n\n13 findings\.$/u);
    expect(lintText([])).toBe('No findings.');
  });

  it('is shown and not obeyed, whatever the header has', () => {
    expect(shown('\u001B[2Jx\u202Ey\u009B')).toBe('\\u{1b}[2Jx\\u{202e}y\\u{9b}');
    const letters = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(letters, (word) => {
        const text = lintText(lint({ enforced: [`img-src ${word}`], origin: 'https://shop.example' }));
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
    );
  });
});

describe('JSON', () => {
  it('is the findings and a version', () => {
    const findings = lint(INPUT);
    expect(JSON.parse(lintJson(findings))).toEqual({ version: 1, findings: JSON.parse(JSON.stringify(findings)) });
  });
});
