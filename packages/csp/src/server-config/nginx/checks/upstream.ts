import type { ConfigFinding } from '../../finding.js';
import { ENFORCED, nameOf } from '../../headers.js';
import type { Level } from '../level.js';
import type { Directive } from '../parse.js';
import { told } from '../../told.js';
import { placeOf } from '../written.js';

const PASS = /^(proxy|fastcgi|uwsgi|scgi|grpc)_pass$/u;

/** The directive that hands a level's requests on. */
export const passOf = ({ directives }: Level): Directive | undefined => directives.find(({ name }) => PASS.test(name));

/** Lists as these are inherited like headers: by a level that has none of its own. */
function hides(level: Level | undefined, directive: string): boolean {
  const own = level?.directives.filter(({ name }) => name === directive) ?? [];
  if (own.length > 0) return own.some(({ words }) => words[1]?.text.toLowerCase() === ENFORCED);
  return level?.parent !== undefined && hides(level.parent, directive);
}

/** Levels whose answers come from elsewhere, perhaps with a policy of their own. */
export function upstreamPolicies(level: Level): readonly ConfigFinding[] {
  const pass = passOf(level);
  const [, family] = PASS.exec(pass?.name ?? '') ?? [];
  if (pass === undefined || family === undefined) return [];
  const hide = `${family}_hide_header`;
  if (!level.effective.some(({ header }) => header === ENFORCED) || hides(level, hide)) return [];
  return [
    told('nginx-upstream-policy', {
      at: placeOf(pass),
      levels: [level.name],
      message: `What ${pass.name} answers may have a policy, and ${level.name} adds another.`,
      remedy: {
        say: 'where one of them is enough, take away the application’s',
        lines: [`${hide} ${nameOf(ENFORCED)};`],
      },
    }),
  ];
}
