import { describe, expect, it } from 'vitest';
import type { Found } from '../evidence/entry.js';
import { junit, sarif } from './machine-reports.js';

const PAGE = 'https://shop.example/checkout';
const found: Found = {
  problem: 'changed',
  kind: 'header',
  name: 'content-security-policy"/><x>\u0007',
  before: ['a'],
  after: 'b',
  note: '',
  loads: 1,
  of: 3,
  profiles: ['mobile'],
};

describe('reports for machines', () => {
  it('name each difference once', () => {
    expect(JSON.parse(sarif(PAGE, [found, found]))).toMatchObject({
      version: '2.1.0',
      runs: [{ results: [{ ruleId: 'changed' }, { ruleId: 'changed' }] }],
    });
    expect(junit(PAGE, [found, found])).toContain('tests="2" failures="2"');
  });

  it('are a test that passes where there is none', () => {
    expect(junit(PAGE, [])).toContain('tests="1" failures="0"');
    expect(JSON.parse(sarif(PAGE, []))).toMatchObject({ runs: [{ results: [] }] });
  });

  it('have no links and no places for arguments of a page’s making', () => {
    const text = sarif(PAGE, [{ ...found, name: '[pay](https://evil.example) {0}' }]);
    expect(JSON.parse(text)).toMatchObject({
      runs: [
        {
          results: [{ message: { text: expect.stringContaining('\\[pay\\](https://evil.example) {{0}}') as string } }],
        },
      ],
    });
  });

  it('are XML whatever a page calls its things', () => {
    const text = junit(PAGE, [found]);
    expect(text).not.toContain('<x>');
    expect(text).not.toContain('\u0007');
    expect(text).toContain('header content-security-policy&quot;/&gt;&lt;x&gt;?');
  });
});
