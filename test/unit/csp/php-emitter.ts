import { ASK_SERVER, fixedBlocksOf, type Block, type Emitter } from '@cloister/csp';

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const branch = ({ stem, below, headers }: Block): string =>
  [
    `if (${below ? `str_starts_with($path, ${quoted(stem)})` : `$path === ${quoted(stem)}`}) {`,
    ...headers.map(([name, value]) => `    header(${quoted(`${name}: ${value}`)});`),
    '    return;',
    '}',
  ].join('\n');

/** A file that PHP pages require before they print anything. */
export const php: Emitter = {
  id: 'php',
  title: 'PHP',
  nonces: false,
  verify: ASK_SERVER,
  emit: (rules) => {
    const path = "$path = rawurldecode(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH) ?: '/');";
    const branches = fixedBlocksOf(rules, 'PHP').map(branch);
    return { file: 'cloister-headers.php', text: ['<?php', path, ...branches, ''].join('\n'), lost: [] };
  },
};
