import fc from 'fast-check';
import type { Delivery } from '../../../packages/csp/src/index.js';
import { hashesOf, LIBRARY_HASHES, NONCES, TEXTS } from './trials.js';

const SCHEMES = ['', '', '', 'http://', 'https://', 'HTTPS://', 'ws://', 'wss://', 'data://'] as const;
const HOSTS = [
  'shop.test',
  'a.test',
  'a.test',
  'a.test',
  'a.test',
  'A.Test',
  'b.a.test',
  '*.a.test',
  '*.test',
  '*',
  'c.test',
  'b.*.test',
  '*a.test',
  'a.test.',
] as const;
const PORTS = ['', '', '', ':80', ':443', ':8080', ':8443', ':*', ':', ':080', ':99999999999'] as const;
const PATHS = [
  '',
  '',
  '',
  '/',
  '/x/',
  '/x',
  '/X/',
  '/%78/',
  '/x/pic.svg',
  '/x/lib.js',
  '/y/data.txt',
  '/x/?q',
  '/x/#f',
  '/x/%zz/',
  '//',
] as const;

const composed = fc
  .tuple(fc.constantFrom(...SCHEMES), fc.constantFrom(...HOSTS), fc.constantFrom(...PORTS), fc.constantFrom(...PATHS))
  .map((parts) => parts.join(''));

/** Words about places, some of them wrong. */
const placeWord = fc.oneof(
  { weight: 5, arbitrary: composed },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      "'self'",
      "'self'",
      "'SELF'",
      "'none'",
      '*',
      'http:',
      'https:',
      'HTTP:',
      'ws:',
      'wss:',
      'data:',
      'blob:',
      'filesystem:',
      'http://a.test:8080',
      'http://a.test',
      'https://a.test',
      'a.test:*',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'self',
      "'self",
      "self'",
      'https://',
      'https:/',
      '://a.test',
      'a..test',
      'http//a.test',
      'a_b.test',
      "'nonsense'",
      'img-src',
    ),
  },
);

const quoted = (text: string): string => `'${text}'`;
const urlSafe = (hash: string): string => hash.slice(0, 7) + hash.slice(7).replaceAll('+', '-').replaceAll('/', '_');
const HASHES = [...Object.values(TEXTS).flatMap(hashesOf), ...LIBRARY_HASHES];
const hashWord = fc.oneof(
  fc.constantFrom(...HASHES).map(quoted),
  fc
    .constantFrom(...HASHES)
    .map(urlSafe)
    .map(quoted),
  fc.constantFrom(...HASHES).map((hash) => quoted(hash.replaceAll('=', ''))),
  fc.constantFrom("'sha256-aaaa'", "'sha256-'", "'SHA256-AAAA='", "'sha1-aaaa'"),
);
const nonceWord = fc.constantFrom(
  ...NONCES.map((nonce) => `'nonce-${nonce}'`),
  "'nonce-'",
  "'NONCE-abc'",
  "'nonce-a b'",
  'nonce-abc',
);
const keyword = fc.constantFrom(
  "'unsafe-inline'",
  "'unsafe-inline'",
  "'unsafe-eval'",
  "'strict-dynamic'",
  "'strict-dynamic'",
  "'unsafe-hashes'",
  "'unsafe-hashes'",
  "'wasm-unsafe-eval'",
  "'report-sample'",
  "'trusted-types-eval'",
  "'UNSAFE-INLINE'",
  'unsafe-inline',
);

const places = fc.array(placeWord, { maxLength: 4 });
const codeWords = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: placeWord },
    { weight: 3, arbitrary: keyword },
    { weight: 2, arbitrary: hashWord },
    { weight: 1, arbitrary: nonceWord },
  ),
  { maxLength: 5 },
);

const PLACES = [
  'img-src',
  'font-src',
  'media-src',
  'object-src',
  'connect-src',
  'frame-src',
  'child-src',
  'form-action',
  'base-uri',
  'manifest-src',
  'prefetch-src',
] as const;
const CODES = [
  'default-src',
  'default-src',
  'script-src',
  'script-src',
  'script-src-elem',
  'script-src-attr',
  'style-src',
  'style-src-elem',
  'style-src-attr',
  'worker-src',
  'Script-Src',
] as const;

const directive: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(fc.constantFrom(...PLACES), places).map(([name, words]) => [name, ...words].join(' ')),
  },
  {
    weight: 8,
    arbitrary: fc.tuple(fc.constantFrom(...CODES), codeWords).map(([name, words]) => [name, ...words].join(' ')),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "require-trusted-types-for 'script'",
      "require-trusted-types-for 'script'",
      "require-trusted-types-for 'script' 'script'",
      'require-trusted-types-for script',
      "trusted-types 'none'",
      '',
      ' ',
      'iframe-src *',
      "frame-ancestors 'none'",
      'script-src\t*',
      "default-src  'self'  ",
    ),
  },
);

const policy = fc.array(directive, { minLength: 1, maxLength: 5 }).map((directives) => directives.join('; '));

type Way = 'enforced' | 'joined' | 'reported' | 'meta';
const way = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Way>('enforced') },
  { weight: 2, arbitrary: fc.constant<Way>('joined') },
  { weight: 3, arbitrary: fc.constant<Way>('reported') },
  { weight: 2, arbitrary: fc.constant<Way>('meta') },
);

function deliver(given: readonly (readonly [policy: string, way: Way])[]): Delivery {
  const of = (wanted: Way): readonly string[] => given.filter(([, each]) => each === wanted).map(([text]) => text);
  const joined = of('joined').join(', ');
  return {
    enforced: [...of('enforced'), ...(joined === '' ? [] : [joined])],
    reported: of('reported'),
    meta: of('meta'),
  };
}

/** One to three policies, in headers of their own, in one header, in markup, or to report alone. */
export const delivery: fc.Arbitrary<Delivery> = fc
  .array(fc.tuple(policy, way), { minLength: 1, maxLength: 3 })
  .map(deliver);
