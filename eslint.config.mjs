import comments from '@eslint-community/eslint-plugin-eslint-comments/configs';
import noUnsanitized from 'eslint-plugin-no-unsanitized';
import regexp from 'eslint-plugin-regexp';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { casts } from './scripts/lint/casts.mjs';

/** Where a word is allowed, in one place: folders move, rules stay. */
const TYPESCRIPT = ['**/*.ts', '**/*.mts'];
const TESTS = ['**/*.test.ts', '**/*.contract.ts', '**/test-support/**', 'test/**'];
const CONFIGS = ['*.config.ts', '**/*.config.mjs', '*.cjs'];
const FRAME_APP = ['packages/elements/src/**', 'packages/fields/src/**', 'packages/protocol/src/**'];
/** The Node side of the frame app, and the files that hand the browser's clock and randomness in. */
const NOT_IN_FRAME = ['packages/elements/src/site/**', 'packages/elements/src/entries/**', '**/environment.ts'];
/** Node code that loads files by name: the configuration, what was just built. */
const LOADERS = ['packages/cli/src/config/**', 'scripts/**', 'test/support/product.ts'];
const MESSAGING = ['packages/*/src/**/{frame,connection,pairing}/**', 'packages/protocol/src/bridge/**'];

/**
 * Files that may say `as`, and how often: decoders and narrow bridges to untyped interfaces, each with its reason beside
 * it. The list only shrinks: fewer casts than noted here is an error too.
 */
const CASTS = {
  'packages/elements/src/connection/listen.ts': 1,
  'packages/elements/src/entries/purify.ts': 2,
  'packages/elements/src/site/build-site.ts': 1,
  'packages/protocol/src/bridge/methods.ts': 4,
  'packages/protocol/src/bridge/reveal-frame.ts': 1,
  'packages/protocol/src/schema/decode.ts': 1,
};

const ban = (selector, message) => ({ selector, message });

const SHAPES = [
  ban('TSEnumDeclaration', 'Unions of literals instead of enums: types are erased.'),
  ban('ExportDefaultDeclaration', 'Named exports only.'),
];

const MARKUP = [
  ban('AssignmentExpression[left.property.name=/^(innerHTML|outerHTML|srcdoc)$/]', 'Text is text: textContent.'),
  ban(
    'CallExpression[callee.property.name=/^(insertAdjacentHTML|write|writeln)$/][callee.object.name="document"]',
    'No markup from strings.',
  ),
  ban('CallExpression[callee.property.name="insertAdjacentHTML"]', 'No markup from strings.'),
  ban(
    'CallExpression[callee.property.name="setAttribute"][arguments.0.value="style"]',
    'Style by CSSOM: a style attribute needs unsafe-inline.',
  ),
  ban(
    'CallExpression[callee.property.name="setAttribute"][arguments.0.value="value"]',
    'A value is a property, never an attribute: attributes are seen by CSS and observers.',
  ),
];

const ANY_TARGET = [
  ban('CallExpression[callee.property.name="postMessage"] > Literal[value="*"]', 'An exact target origin.'),
  ban('Property[key.name="targetOrigin"] > Literal[value="*"]', 'An exact target origin.'),
];

const MESSAGES = [
  ban(
    'CallExpression[callee.property.name="postMessage"]',
    'Messages are sent in frame/, connection/ and pairing/ only.',
  ),
  ban(
    'CallExpression[callee.name=/^(listen|addEventListener)$/] > Literal[value="message"]',
    'Messages are heard in frame/, connection/ and pairing/ only.',
  ),
  ban(
    'CallExpression[callee.property.name="addEventListener"] > Literal[value="message"]',
    'Messages are heard in frame/, connection/ and pairing/ only.',
  ),
  ban(
    'MemberExpression[object.name=/^(window|globalThis|self)$/][property.name=/^(parent|opener|top)$/]',
    'Other windows are met in frame/, connection/ and pairing/ only.',
  ),
  ban('MemberExpression[property.name="onmessage"]', 'One listener, in frame/, connection/ or pairing/.'),
];

const AMBIENT = [
  ban('MemberExpression[object.name="Date"][property.name="now"]', 'The clock comes through a port.'),
  ban('NewExpression[callee.name="Date"][arguments.length=0]', 'The clock comes through a port.'),
  ban('MemberExpression[object.name="Math"][property.name="random"]', 'Randomness comes through a port.'),
  ban('MemberExpression[object.name="document"][property.name="cookie"]', 'The frame app stores nothing.'),
];

const STORES = [
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'caches',
  'cookieStore',
  'BroadcastChannel',
  'SharedWorker',
];

const syntax = (...groups) => ({ 'no-restricted-syntax': ['error', ...groups.flat()] });
const EVERYWHERE = [SHAPES, MARKUP, ANY_TARGET];

/** Rules that no comment may switch off: one such comment hid a known regular expression bug elsewhere for years. */
const NOT_TO_BE_DISABLED = [
  'regexp/*',
  'no-unsanitized/*',
  'no-restricted-*',
  'no-eval',
  'no-implied-eval',
  'no-new-func',
  'cloister/*',
  'complexity',
  'max-*',
  '@typescript-eslint/no-explicit-any',
  '@typescript-eslint/no-non-null-assertion',
  '@typescript-eslint/no-unsafe-*',
];

export default defineConfig(
  {
    ignores: [
      '**/dist/',
      '**/*.d.ts',
      '**/*.d.mts',
      '**/node_modules/',
      'data/',
      'out/',
      '.cache/',
      'test-results/',
      'docs/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' }, plugins: { cloister: { rules: { casts } } } },
  comments.recommended,
  regexp.configs['flat/recommended'],
  noUnsanitized.configs.recommended,
  {
    rules: {
      '@eslint-community/eslint-comments/no-restricted-disable': ['error', ...NOT_TO_BE_DISABLED],
      '@eslint-community/eslint-comments/no-unlimited-disable': 'error',
      '@eslint-community/eslint-comments/require-description': ['error', { ignore: ['eslint-enable'] }],
      'regexp/no-super-linear-backtracking': 'error',
      'regexp/no-super-linear-move': 'error',
      // An alphabet is written out where it is the point.
      'regexp/prefer-d': 'off',
      'regexp/prefer-w': 'off',
      'require-unicode-regexp': ['error', { requireFlag: 'u' }],
      'max-lines': ['error', 250],
      'max-lines-per-function': ['error', 50],
      'max-params': ['error', 3],
      complexity: ['error', { max: 10, variant: 'modified' }],
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: TYPESCRIPT,
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: ['tsconfig.test.json'], tsconfigRootDir: import.meta.dirname } },
    rules: {
      'cloister/casts': ['error', CASTS],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        {
          argsIgnorePattern: '^_',
          varsIgnorePattern: '^_',
          destructuredArrayIgnorePattern: '^_',
          ignoreRestSiblings: true,
        },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // A handler may be written as an expression: `() => channel.close()`.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // `interface` and `type` are chosen for meaning: a message is a `type`, an object with a life is an `interface`.
      '@typescript-eslint/consistent-type-definitions': 'off',
      // Required for index signatures by `noPropertyAccessFromIndexSignature`, which wants the brackets.
      '@typescript-eslint/dot-notation': 'off',
    },
  },
  { files: ['packages/*/src/**'], rules: syntax(...EVERYWHERE, MESSAGES) },
  { files: ['examples/*/src/**'], rules: syntax(...EVERYWHERE) },
  {
    files: FRAME_APP,
    ignores: NOT_IN_FRAME,
    rules: {
      ...syntax(...EVERYWHERE, MESSAGES, AMBIENT),
      'no-console': 'error',
      'no-restricted-globals': ['error', ...STORES],
      'no-restricted-properties': [
        'error',
        ...['window', 'globalThis', 'self'].flatMap((object) => STORES.map((property) => ({ object, property }))),
      ],
    },
  },
  { files: MESSAGING, rules: syntax(...EVERYWHERE) },
  {
    files: MESSAGING.map((pattern) => pattern.replace('packages/*', 'packages/elements')),
    rules: syntax(...EVERYWHERE, AMBIENT),
  },
  { files: LOADERS, rules: { 'no-unsanitized/method': 'off' } },
  { files: CONFIGS, rules: { 'no-restricted-syntax': 'off' } },
  {
    files: TESTS,
    rules: {
      ...syntax(...[SHAPES]),
      'cloister/casts': 'off',
      'max-lines': ['error', 400],
      'max-lines-per-function': 'off',
      // A row of a table of cases may be long.
      'max-params': 'off',
      'no-console': 'off',
      'no-restricted-globals': 'off',
      'no-restricted-properties': 'off',
      'no-unsanitized/property': 'off',
      '@typescript-eslint/require-await': 'off',
      // Matchers such as `expect.any` and parsed answers are `any`; what is expected of them is the test.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
