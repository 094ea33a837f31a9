import { score, type Finding, type Outcome } from '@cloister/csp';
import type { PageCheck } from './check-page.js';

const policiesIn = ({ observation }: PageCheck): readonly string[] => [
  ...observation.headers
    .filter(([name]) => name.startsWith('content-security-policy'))
    .map(([name, value]) => `${name}: ${value}`),
  ...observation.meta.map((content) => `meta: ${content}`),
];

const line = ({ attempt, stopped, directive }: Outcome): string =>
  `  ${stopped ? 'stopped' : 'THROUGH'}  ${attempt.title}${directive === undefined ? '' : ` (${directive})`}`;

function drillLines(drill: readonly Outcome[]): readonly string[] {
  const { stopped, of, avoidable, unstoppable } = score(drill);
  return [
    `A script of an attacker’s in this page: ${String(stopped)} of ${String(of)} attempts stopped.`,
    ...avoidable.map(line),
    ...(unstoppable.length === 0
      ? []
      : [
          `No policy stops: ${unstoppable.map(({ attempt }) => attempt.title).join('; ')}. What runs in the page can always leave with what it read:`,
          '  keep card numbers out of the page (fields in frames), and know every script of it.',
        ]),
  ];
}

/** What somebody should do something about; `lint` tells the rest. */
const weighs = ({ severity }: Finding): boolean => severity === 'high' || severity === 'medium';

/** What a person reads at the terminal. */
export function summary(check: PageCheck): readonly string[] {
  const { observation, findings, probe, drill, milliseconds } = check;
  const policies = policiesIn(check);
  const { violations, scripts, frames, forms } = observation;
  return [
    `${observation.url}  (${String(observation.status)}, ${String(milliseconds)} ms)`,
    ...(policies.length === 0 ? ['There is no Content-Security-Policy.'] : policies),
    `${String(scripts.length)} scripts, ${String(frames.length)} frames, ${String(forms.length)} forms; ${String(violations.length)} refusals while it loaded`,
    ...violations.map(({ directive, blocked, disposition }) => `  ${disposition}: ${directive} refused ${blocked}`),
    ...findings.filter(weighs).map(({ severity, message }) => `  ${severity}: ${message}`),
    ...(probe === undefined
      ? []
      : [
          probe.ok
            ? `A frame of the fields lives in it (${String(probe.milliseconds)} ms).`
            : `A frame of the fields does NOT live in it: ${probe.why}; ${probe.fix}.`,
        ]),
    ...(drill === undefined ? [] : drillLines(drill)),
  ];
}
