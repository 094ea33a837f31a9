/**
 * Why this exists: a page for each kind of server, made by the very emitter that `cloister csp generate` runs, so that what people copy is
 * what is tested.
 */
const PAGE = {
  elements: 'https://elements.shop.example',
  mode: 'hosts',
  reports: '/csp-reports',
};

const LANGUAGES = { mjs: 'js', js: 'js', json: 'json', conf: 'nginx', toml: 'toml', html: 'html' };
const languageOf = (file) => LANGUAGES[file.split('.').at(-1) ?? ''] ?? 'text';

const lostRows = (lost) =>
  lost.length === 0
    ? []
    : [
        '## What it cannot carry',
        '',
        '| What | Why | Instead |',
        '| ---- | --- | ------- |',
        ...lost.map(({ name, why, instead }) => `| \`${name}\` | ${why} | ${instead} |`),
        '',
      ];

/** The pages by their names below `docs/`. */
export function hostingPages({ EMITTERS, hostHeaders, plainHeaders }) {
  const pageOf = ({ id, title, nonces, verify, emit }) => {
    const mode = nonces ? 'nonces' : 'hosts';
    const { file, text, lost } = emit([{ path: '/*', headers: plainHeaders(hostHeaders({ ...PAGE, mode })) }]);
    const fence = text.includes('```') ? '````' : '```';
    return [
      // A name such as <meta> would be markup.
      `# ${title.startsWith('<') ? `\`${title}\`` : title}`,
      '',
      '<!-- Made by `npm run docs` from the emitter; do not edit. -->',
      '',
      '```bash',
      `npx cloister csp generate --target ${id} --mode ${mode} --reports /csp-reports --out ${file}`,
      '```',
      '',
      `That is, for a shop whose fields come from \`${PAGE.elements}\`, \`${file}\`:`,
      '',
      `${fence}${languageOf(file)}`,
      text.trimEnd(),
      fence,
      '',
      nonces
        ? 'It makes a fresh nonce for each answer; put it into every `<script>` of the page.'
        : 'It sends the same headers each time, so scripts are named by where they are (`--mode hosts`) or by what they are (`--mode hashes --hashes sha384-…`).',
      '',
      ...lostRows(lost),
      '## See that it works',
      '',
      '```bash',
      verify,
      'npx cloister csp check https://shop.example/checkout --config .',
      '```',
      '',
      '[All about the policy](../README.md)',
      '',
    ].join('\n');
  };
  return Object.fromEntries(EMITTERS.map((emitter) => [`csp/hosting/${emitter.id}.md`, pageOf(emitter)]));
}
