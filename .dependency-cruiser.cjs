/**
 * The edges between packages, stated once. The host never imports the frame; the protocol imports nothing; nobody
 * imports another package except by its name. What a package may import:
 */
const EDGES = {
  protocol: { packages: [], modules: [] },
  fields: { packages: ['protocol'], modules: [] },
  elements: { packages: ['protocol', 'fields'], modules: ['penpal', 'dompurify'] },
  bridge: { packages: ['protocol'], modules: ['penpal'] },
  vault: { packages: ['protocol', 'fields'], modules: ['fastify', 'rate-limiter-flexible'], node: true },
  csp: { packages: ['protocol'], modules: [] },
  cli: { packages: ['protocol', 'elements', 'vault', 'csp'], modules: ['parse5', 'playwright-core'], node: true },
};

const TESTS = '[.](test|contract)[.]ts$|/test-support/';
const any = (names) => `(${names.join('|')})`;

/** One rule for each package: everything outside of it that is not in its row. */
const edges = Object.entries(EDGES).map(([name, { packages, modules, node }]) => ({
  name: `edges-of-${name}`,
  comment: `${name} imports ${[...packages, ...modules].join(', ') || 'nothing'}${node ? ' and Node' : ''}`,
  severity: 'error',
  from: {
    path: `^packages/${name}/src/`,
    pathNot: name === 'elements' ? `${TESTS}|/site/|^packages/elements/src/index[.]ts$` : TESTS,
  },
  to: {
    pathNot: [
      `^packages/${any([name])}/src/`,
      ...packages.map((other) => `^packages/${other}/src/index[.]ts$`),
      ...modules.map((module) => `(^|/)node_modules/${module}/`),
    ].join('|'),
    ...(node ? { dependencyTypesNot: ['core'] } : {}),
  },
}));

module.exports = {
  forbidden: [
    ...edges,
    {
      name: 'edges-of-the-site-builder',
      comment: 'The Node side of elements imports the protocol and Node, and no frame code: only what was built of it.',
      severity: 'error',
      from: { path: '^packages/elements/src/(site/|index[.]ts$)', pathNot: TESTS },
      to: {
        pathNot: '^packages/elements/src/(site|connection/frame-config)|^packages/protocol/src/index[.]ts$',
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'edges-of-examples',
      comment: 'An example uses what a user can install. Its pages import the bridge and the protocol only.',
      severity: 'error',
      from: { path: '^examples/[^/]+/src/', pathNot: TESTS },
      to: { path: '^packages/', pathNot: '^packages/(bridge|cli|protocol)/src/index[.]ts$' },
    },
    {
      name: 'pages-import-no-server',
      severity: 'error',
      from: { path: '^examples/[^/]+/src/page/' },
      to: { path: '^packages/(?!bridge/|protocol/)|^examples/[^/]+/src/server/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'by-name-only',
      comment: 'Another package is imported by its name, never by a path into its sources. Tests too.',
      severity: 'error',
      from: { path: '^packages/([^/]+)/' },
      to: { path: '^packages/[^/]+/', pathNot: ['^packages/$1/', '^packages/[^/]+/src/index[.]ts$'] },
    },
    {
      name: 'product-imports-no-test',
      severity: 'error',
      from: { path: '^(packages|examples)/[^/]+/src/', pathNot: TESTS },
      to: { path: TESTS },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'declared-only',
      comment: 'What is imported is declared by the package that imports it; tests may use the workshop of the root.',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: TESTS },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['npm-peer'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsConfig: { fileName: 'tsconfig.test.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
