import { expect, it } from 'vitest';
import { collectorMetrics } from './metrics.js';
import { collecting, legacy, post, report, violation } from './test-support/reports.js';

it('metrics are in the text format of Prometheus', async () => {
  const { collector } = collecting();
  await collector.answer(post(legacy()), 'client');
  await collector.answer(post([violation(), report('crash', {}), violation({ blockedURL: 'about' })]), 'client');
  await collector.answer(post('x'), 'client');
  const text = collectorMetrics(collector.counts());
  expect(text.split('\n')).toEqual(
    expect.arrayContaining([
      '# TYPE cloister_reports_requests_total counter',
      'cloister_reports_requests_total{status="204"} 2',
      'cloister_reports_requests_total{status="400"} 1',
      'cloister_reports_kept_total{type="csp-violation",directive="frame-src",disposition="enforce"} 2',
      'cloister_reports_filtered_total{rule="about"} 1',
      'cloister_reports_refused_total{reason="type"} 1',
      'cloister_reports_unwritten_total 0',
      'cloister_reports_groups 1',
    ]),
  );
  for (const line of text.trimEnd().split('\n'))
    expect(line).toMatch(/^(?:# (?:HELP|TYPE) [a-z_]+ .+|[a-z_]+(?:\{[a-z]+="[^"]*"(?:,[a-z]+="[^"]*")*\})? \d+)$/u);
});

it('a label cannot end its line or its quotes', () => {
  const row = { labels: { rule: 'a"b\\c\nd' }, count: 1 };
  const none = { requests: [], kept: [], refused: [], unwritten: 0, groups: 0, droppedGroups: 0 };
  expect(collectorMetrics({ ...none, filtered: [row] })).toContain('{rule="a\\"b\\\\c\\nd"} 1\n');
});
