import { explain, ReportCollector } from '@cloister/csp';
import { explained } from './explained.js';

/** So many causes are told; whoever sends more is not a developer's page. */
const MOST = 100;

/**
 * A collector that explains what browsers refuse, each cause once.
 *
 * @param elements - origin of the secure fields.
 */
export function refusalTeller(elements: string, tell: (lines: readonly string[]) => void): ReportCollector {
  const told = new Set<string>();
  return new ReportCollector({
    now: () => Date.now(),
    sink: (_line, report) => {
      if (told.has(report.fingerprint) || told.size === MOST) return;
      told.add(report.fingerprint);
      tell(['A browser refused something:', ...explained(explain(report, { elements }))]);
    },
  });
}
