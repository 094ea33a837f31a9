import { score, type Outcome } from '@cloister/csp';
import { tableOf, textOf } from '../evidence/markup.js';
import type { PageCheck } from './check-page.js';

const STYLE =
  'body{font:1rem/1.5 system-ui;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1a1a1a;background:#fff}table{border-collapse:collapse;width:100%}th,td{border:1px solid #ccc;padding:.3rem .6rem;text-align:start;vertical-align:top;overflow-wrap:anywhere}img{max-width:100%;border:1px solid #ccc}@media(prefers-color-scheme:dark){body{color:#eee;background:#111}th,td,img{border-color:#444}}';

const outcomeRow = ({ attempt, stopped, directive }: Outcome): readonly string[] => [
  attempt.title,
  stopped ? 'stopped' : attempt.stoppedBy.length === 0 ? 'through: no policy stops it' : 'through',
  directive ?? '',
  attempt.stoppedBy.join(', '),
];

function drillPart(drill: readonly Outcome[] | undefined): string {
  if (drill === undefined) return '';
  const { stopped, of } = score(drill);
  return `<h2>What an attacker’s script could do: ${String(stopped)} of ${String(of)} attempts stopped</h2>${tableOf(
    ['attempt', 'outcome', 'by', 'can be stopped by'],
    drill.map(outcomeRow),
  )}`;
}

/** The report as one file that loads nothing and runs nothing. */
export function htmlReport(check: PageCheck): string {
  const { observation, findings, probe, drill, screenshot } = check;
  const { headers, meta, violations, scripts, frames, forms } = observation;
  const shot = Buffer.from(screenshot).toString('base64');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width"><title>Policies of ${textOf(observation.url)}</title><style>${STYLE}</style></head><body>
<h1>Policies of ${textOf(observation.url)}</h1>
${probe === undefined ? '' : `<p><strong>${probe.ok ? 'A frame of the fields lives in it.' : `A frame of the fields does not live in it: ${textOf(probe.why)}; ${textOf(probe.fix)}.`}</strong></p>`}
<img alt="the page as it was seen" src="data:image/png;base64,${shot}">
${drillPart(drill)}
<h2>What the policies lack</h2>${tableOf(
    ['severity', 'what', 'what it lets an attacker do', 'change'],
    findings.map(({ severity, message, attack, edit }) => [severity, message, attack, edit?.text ?? '']),
  )}
<h2>Headers</h2>${tableOf(['name', 'value'], headers)}
<h2>Policies in the markup</h2>${tableOf(
    ['content'],
    meta.map((content) => [content]),
  )}
<h2>Refused while it loaded</h2>${tableOf(
    ['directive', 'what', 'disposition', 'source'],
    violations.map(({ directive, blocked, disposition, source }) => [directive, blocked, disposition, source]),
  )}
<h2>Scripts</h2>${tableOf(
    ['address', 'type', 'integrity', 'nonce', 'length'],
    scripts.map(({ src, type, integrity, hasNonce, length }) => [
      src === '' ? 'in the document' : src,
      type,
      integrity,
      hasNonce ? 'yes' : '',
      String(length),
    ]),
  )}
<h2>Frames</h2>${tableOf(
    ['address', 'sandbox', 'allow', 'title'],
    frames.map(({ src, sandbox, allow, title }) => [src, sandbox, allow, title]),
  )}
<h2>Forms</h2>${tableOf(
    ['action', 'method', 'inputs'],
    forms.map(({ action, method, inputs }) => [action, method, inputs.join('; ')]),
  )}
</body></html>
`;
}
