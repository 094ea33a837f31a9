import type { ConfigFinding } from '../../finding.js';
import { ENFORCED, nameOf, type SecurityHeader } from '../../headers.js';
import type { Level, SetHeader } from '../level.js';
import { headerValues, isSurelySent, type Site } from '../site.js';
import { told } from '../../told.js';
import { placeOf } from '../written.js';
import { textOf } from '../../value.js';

/** Two of these, joined by a comma, are no value that browsers know. */
const ONE_ONLY: readonly SecurityHeader[] = [
  'cross-origin-opener-policy',
  'cross-origin-embedder-policy',
  'cross-origin-resource-policy',
];

const relate = (headers: readonly SetHeader[]): ConfigFinding['related'] =>
  headers.map(({ directive, header }) => ({
    place: placeOf(directive),
    message: `${nameOf(header)} is set here, too.`,
  }));

function policies(level: Level, sent: readonly SetHeader[], site: Site): readonly ConfigFinding[] {
  const [first, second, ...more] = sent.filter(({ header }) => header === ENFORCED);
  if (first === undefined || second === undefined) return [];
  const all = [first, second, ...more];
  const texts = new Set(all.flatMap((each) => headerValues(each, site).map(textOf)));
  const message =
    texts.size === 1
      ? `${level.name} sends the same policy ${all.length} times.`
      : `${level.name} sends ${all.length} policies at once, and each of them must allow a load.`;
  const about = { at: placeOf(second.directive), levels: [level.name], message, related: relate([first, ...more]) };
  return [told('nginx-policy-twice', texts.size === 1 ? { ...about, severity: 'low' } : about)];
}

const others = (level: Level, sent: readonly SetHeader[]): readonly ConfigFinding[] =>
  ONE_ONLY.flatMap((name) => {
    const [first, second, ...more] = sent.filter(({ header }) => header === name);
    if (first === undefined || second === undefined) return [];
    const message = `${level.name} sends ${nameOf(name)} more than once.`;
    const related = relate([first, ...more]);
    return [told('nginx-header-twice', { at: placeOf(second.directive), levels: [level.name], message, related })];
  });

/** Headers that stand twice in the answers of a level, told where the level itself brings one of them. */
export function setTwice(level: Level, site: Site): readonly ConfigFinding[] {
  if (level.own.length === 0) return [];
  const sent = level.effective.filter((each) => isSurelySent(each, site));
  return [...policies(level, sent, site), ...others(level, sent)];
}
