import { removeDirective } from '../syntax/edit.js';
import { directiveInfo } from '../syntax/directives.js';
import { parsePolicies, printPolicy, type Policy } from '../syntax/policy.js';
import type { Header } from '../needs/headers.js';
import { fixedBlocksOf, type Block } from './blocks.js';
import type { Emission, Emitter, Lost } from './emitter.js';

const POLICY = 'content-security-policy';
const INSTEAD = 'a header, from the server or whatever stands before it';

const isPolicy = ([name]: Header): boolean => name.toLowerCase() === POLICY;
const isLost = (name: string): boolean => directiveInfo(name)?.inMeta === false;

const inAttribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const namesOf = ({ directives }: Policy): readonly string[] =>
  directives.filter(({ ignored }) => ignored === undefined).map(({ name }) => name);

/** One element for each policy: a comma within one means nothing to a browser (HTML §4.2.5.3). */
function elementsOf([, value]: Header): readonly string[] {
  return parsePolicies(value).flatMap((policy) => {
    const kept = namesOf(policy).filter(isLost).reduce(removeDirective, policy);
    if (namesOf(kept).length === 0) return [];
    return [`<meta http-equiv="Content-Security-Policy" content="${inAttribute(printPolicy(kept).trim())}">`];
  });
}

const lostDirectives = ([, value]: Header): readonly Lost[] =>
  parsePolicies(value)
    .flatMap(namesOf)
    .filter(isLost)
    .map((name) => ({
      name,
      why: 'browsers read over it in a policy of the markup (HTML §4.2.5.3)',
      instead: INSTEAD,
    }));

const lostHeader = ([name]: Header): Lost => ({
  name,
  why: name.toLowerCase().startsWith(POLICY)
    ? 'a policy in the markup is enforced; none there only reports'
    : 'markup has no element for it that browsers take for the header',
  instead: INSTEAD,
});

const lostOf = (blocks: readonly Block[]): readonly Lost[] => {
  const headers = blocks.flatMap((block) => block.headers);
  const all = headers.flatMap((header) => (isPolicy(header) ? lostDirectives(header) : [lostHeader(header)]));
  return [...new Map(all.map((lost) => [lost.name.toLowerCase(), lost])).values()];
};

const section = ({ path, headers }: Block): readonly string[] => [
  `<!-- ${path} -->`,
  ...headers.filter(isPolicy).flatMap(elementsOf),
];

/** Elements for the `head`: what is left of a policy where nobody can set headers. */
export const meta: Emitter = {
  id: 'meta',
  title: '<meta>',
  nonces: false,
  verify: 'curl -sS https://shop.example/checkout | grep -i \'http-equiv="content-security-policy"\'',
  emit: (rules): Emission => {
    const blocks = fixedBlocksOf(rules, '<meta>');
    const first = '<!-- The first of the head, behind the charset: it says nothing about what stands before it. -->';
    return { file: 'head.html', text: `${[first, ...blocks.flatMap(section)].join('\n')}\n`, lost: lostOf(blocks) };
  },
};
