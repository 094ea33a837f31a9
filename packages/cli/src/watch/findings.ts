import {
  compareScripts,
  watchFindings,
  type Approvals,
  type Baseline,
  type ScriptFinding,
  type WatchFinding,
} from '@cloister/csp';
import type { Watched } from './watch-page.js';

type Named = Pick<WatchFinding, 'problem' | 'name' | 'before' | 'after' | 'note'>;

/** In the words of the watch; `undefined` for what did not run, which harms nobody. */
function named(finding: ScriptFinding, { scripts }: Approvals): Named | undefined {
  switch (finding.problem) {
    case 'unknown':
    case 'changed': {
      const { src, hash, kind, initiator, frame } = finding.script;
      const note = `${kind}, by ${initiator} in ${frame}`;
      const name = src === '' ? hash : src;
      if (finding.problem === 'unknown') return { problem: 'added', name, before: [], after: hash, note };
      const before = scripts.find(({ id }) => id === finding.approval)?.hashes ?? [];
      return { problem: 'changed', name, before, after: hash, note };
    }
    case 'expired':
      return {
        problem: 'changed',
        name: finding.approval,
        before: [],
        after: '',
        note: `was to be reviewed by ${finding.review}`,
      };
    case 'absent':
      return undefined;
  }
}

function againstApprovals(watched: readonly Watched[], approvals: Approvals): readonly WatchFinding[] {
  const all = new Map<string, WatchFinding>();
  for (const { inventory, sighting } of watched)
    for (const one of compareScripts(inventory, approvals, inventory.seen.slice(0, 10))) {
      const finding = named(one, approvals);
      if (finding === undefined) continue;
      const key = JSON.stringify([finding.problem, finding.name, finding.after]);
      const { loads, profiles } = all.get(key) ?? { loads: 0, profiles: [] };
      const who = [...new Set([...profiles, sighting.profile])];
      all.set(key, { kind: 'script', ...finding, loads: loads + 1, of: watched.length, profiles: who });
    }
  return [...all.values()];
}

/** What is not as it was approved. Where there are approvals of scripts, they judge the scripts, and the baseline all the rest. */
export function findingsOf(
  watched: readonly Watched[],
  baseline: Baseline,
  approvals: Approvals | undefined,
): readonly WatchFinding[] {
  const found = watchFindings(
    watched.map(({ sighting }) => sighting),
    baseline,
  );
  if (approvals === undefined) return found;
  return [...found.filter(({ kind }) => kind !== 'script'), ...againstApprovals(watched, approvals)];
}
