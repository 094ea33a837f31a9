import { describe, expect, it } from 'vitest';
import type { LintInput } from './finding.js';
import { lint } from './lint.js';
import { RULE_IDS, RULES, type RuleId } from './rules.js';

const SHOP = 'https://shop.example';
const FRAME = 'https://elements.shop.example';
const HASH = "'sha256-n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg='";
const NONCE = "'nonce-T2pXk9vLq4rZ8sYwB1nEfg=='";

type Given = string | Partial<LintInput>;

const input = (given: Given): LintInput =>
  typeof given === 'string' ? { enforced: [given], origin: SHOP } : { origin: SHOP, ...given };
const idsOf = (given: Given): readonly RuleId[] => lint(input(given)).map(({ rule }) => rule);
const withFrame = (enforced: readonly string[], rest: Partial<LintInput> = {}): Given => ({
  enforced,
  needs: { frames: [FRAME] },
  ...rest,
});

/** For each rule what it finds, and what is near and right. */
const CASES: Readonly<Record<RuleId, readonly [bad: readonly Given[], good: readonly Given[]]>> = {
  'missing-script-src': [
    ["img-src 'self'", "script-src-elem 'self'"],
    ["default-src 'self'", "script-src 'self'"],
  ],
  'missing-object-src': [
    ["script-src 'self'"],
    ["object-src 'none'", "default-src 'self'", { enforced: ["img-src 'self'", "object-src 'none'"] }],
  ],
  'open-object-src': [
    ['object-src *', 'default-src https:'],
    ["object-src 'none'", { enforced: ['default-src *', "object-src 'none'"] }],
  ],
  'some-objects': [['object-src https://a.example'], ["object-src 'none'"]],
  'missing-base-uri-of-nonces': [
    [`script-src ${NONCE}`, `script-src ${HASH}`],
    [`script-src ${NONCE}; base-uri 'none'`, "script-src 'self'"],
  ],
  'missing-base-uri': [["script-src 'self'"], ["base-uri 'none'", `script-src ${NONCE}`]],
  'open-base-uri': [['base-uri *', 'base-uri https:'], ["base-uri 'self'"]],
  'unsafe-inline': [
    ["script-src 'unsafe-inline'", "default-src 'unsafe-inline'", "script-src-attr 'unsafe-inline'"],
    [
      `script-src 'unsafe-inline' ${NONCE}`,
      `script-src 'unsafe-inline' ${HASH}`,
      "script-src 'unsafe-inline' 'strict-dynamic'",
      "default-src 'unsafe-inline'; script-src 'self'",
      { enforced: ["script-src 'unsafe-inline'", "script-src 'self'"] },
    ],
  ],
  'unsafe-inline-neutralised': [[`script-src 'unsafe-inline' ${NONCE}`], ["script-src 'unsafe-inline'"]],
  'unsafe-eval': [["script-src 'unsafe-eval'"], ["script-src 'wasm-unsafe-eval'"]],
  'unsafe-hashes': [[`script-src 'unsafe-hashes' ${HASH}`], [`script-src ${HASH}`]],
  'style-unsafe-inline': [["style-src 'unsafe-inline'"], [`style-src 'unsafe-inline' ${HASH}`]],
  'strict-dynamic-alone': [["script-src 'strict-dynamic'"], [`script-src 'strict-dynamic' ${NONCE}`]],
  'strict-dynamic-ignores': [[`script-src 'strict-dynamic' ${NONCE} https:`], [`script-src 'strict-dynamic' ${NONCE}`]],
  'no-trusted-types': [["script-src 'self'"], ["require-trusted-types-for 'script'"]],
  'empty-trusted-types': [['require-trusted-types-for'], ["require-trusted-types-for 'script'"]],
  'script-from-anywhere': [
    ['script-src *', 'script-src https:', 'default-src http://*', 'script-src *:*'],
    [
      "script-src 'self'",
      `script-src * 'strict-dynamic' ${NONCE}`,
      { enforced: ['script-src *', "script-src 'self'"] },
    ],
  ],
  'script-from-data': [['script-src data:'], ['img-src data:']],
  'script-from-blob': [['script-src blob:'], ['img-src blob:']],
  'worker-from-data': [["script-src 'self'; worker-src data:"], ['worker-src blob:']],
  'script-bypass-host': [
    [
      'script-src https://accounts.google.com',
      'script-src *.googleapis.com',
      'script-src https://www.google.com/tools/',
    ],
    [
      'script-src https://js.stripe.com',
      'img-src https://accounts.google.com',
      'script-src https://www.google.com/recaptcha/',
    ],
  ],
  'script-public-host': [
    [
      'script-src https://cdn.jsdelivr.net',
      'script-src https://unpkg.com/',
      'script-src https://cdn.jsdelivr.net/npm/',
    ],
    [
      'script-src https://cdn.jsdelivr.net/npm/vue@3.5.0/dist/vue.js',
      'style-src https://unpkg.com',
      'script-src https://s3.amazonaws.com/shop/',
    ],
  ],
  'script-tag-manager': [['script-src https://www.googletagmanager.com'], ['img-src https://www.googletagmanager.com']],
  'script-allow-list': [
    ["script-src 'self'", `script-src https://a.example ${NONCE}`],
    [`script-src ${NONCE}`, "script-src 'none'"],
  ],
  'trusted-types-break': [
    ["require-trusted-types-for 'script'; frame-src https://assets.braintreegateway.com"],
    [
      "require-trusted-types-for 'script'; frame-src https://js.stripe.com",
      'frame-src https://assets.braintreegateway.com',
    ],
  ],
  'short-nonce': [["script-src 'nonce-a1b2c3d4'"], [`script-src ${NONCE}`]],
  'static-nonce': [
    ["script-src 'nonce-random123'", "script-src 'nonce-aaaaaaaaaaaaaaaaaaaaaaaa'", "script-src 'nonce-test'"],
    [
      `script-src ${NONCE}`,
      "script-src 'nonce-{nonce}'",
      "script-src 'nonce-9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'",
    ],
  ],
  'malformed-nonce': [
    ["script-src 'nonce-$request_id'", "script-src 'nonce-'"],
    [`script-src ${NONCE}`, "script-src 'nonce-{nonce}'"],
  ],
  'open-connect-src': [
    ['connect-src *', 'connect-src wss:', 'default-src https:'],
    ["connect-src 'self'", "default-src *; connect-src 'self'"],
  ],
  'open-form-action': [['form-action *'], ["form-action 'self'", 'default-src *']],
  'open-frame-src': [['frame-src https:', 'child-src *'], [`frame-src ${FRAME}`]],
  'open-img-src': [['img-src *'], ["img-src 'self' data:"]],
  'open-other-src': [['font-src *', 'media-src https:', 'style-src https:'], ["font-src 'self'"]],
  'missing-default-src': [["script-src 'self'"], ["default-src 'self'"]],
  'open-prefetch': [
    ['connect-src a; img-src a; font-src a; media-src a; style-src a; frame-src a; manifest-src a'],
    ["default-src 'none'", "img-src 'self'"],
  ],
  'missing-form-action': [["default-src 'none'"], ["form-action 'none'"]],
  'collector-host': [
    ['connect-src https://*.google-analytics.com', 'form-action https://docs.google.com'],
    ['connect-src https://api.stripe.com'],
  ],
  'open-webrtc': [["webrtc 'allow'"], ["webrtc 'block'"]],
  'shared-hosting': [
    [
      'script-src https://*.cloudfront.net',
      'img-src *.s3.eu-west-1.amazonaws.com',
      'connect-src https://storage.googleapis.com',
    ],
    [
      'script-src https://d111111abcdef8.cloudfront.net',
      'img-src https://s3.amazonaws.com/shop/',
      'img-src https://*.shop.example',
    ],
  ],
  'every-site-of-an-ending': [['img-src *.com', 'img-src https://*.co.uk'], ['img-src *.shop.example']],
  'http-source': [
    ['img-src http://a.example', 'connect-src ws://a.example'],
    ['img-src https://a.example', 'img-src http://localhost'],
  ],
  'http-scheme': [['img-src http:'], ['img-src https:']],
  'ip-source': [['img-src 10.0.0.1'], ['img-src 127.0.0.1', 'img-src a.example']],
  'localhost-source': [
    ['connect-src ws://localhost:5173', 'img-src 127.0.0.1'],
    [{ enforced: ['img-src localhost'], origin: 'http://localhost:3000' }],
  ],
  'host-without-scheme': [
    ['img-src cdn.example'],
    ['img-src https://cdn.example', { enforced: ['img-src cdn.example'], origin: 'http://shop.example' }],
  ],
  'exact-path': [
    ['script-src https://a.example/js'],
    ['script-src https://a.example/js/', 'script-src https://a.example/js/a.js'],
  ],
  'path-after-redirect': [
    ['script-src https://a.example/js/'],
    ['script-src https://a.example/', 'img-src https://a.example/x/'],
  ],
  'missing-frame-ancestors': [["default-src 'none'", { meta: ["frame-ancestors 'none'"] }], ["frame-ancestors 'none'"]],
  'open-frame-ancestors': [['frame-ancestors *', 'frame-ancestors https:'], ["frame-ancestors 'self'"]],
  'x-frame-options-differ': [
    [{ enforced: ['frame-ancestors https://portal.example'], headers: { 'x-frame-options': 'SAMEORIGIN' } }],
    [{ enforced: ["frame-ancestors 'self'"], headers: { 'x-frame-options': 'sameorigin' } }, "frame-ancestors 'none'"],
  ],
  'x-frame-options-obsolete': [
    [{ headers: { 'x-frame-options': 'ALLOW-FROM https://a.example' } }],
    [{ headers: { 'x-frame-options': 'DENY' } }, { headers: { 'x-frame-options': 'SAMEORIGIN, SAMEORIGIN' } }],
  ],
  'embedder-policy': [
    [withFrame([], { headers: { 'cross-origin-embedder-policy': 'require-corp; report-to="x"' } })],
    [withFrame([], { headers: { 'cross-origin-embedder-policy': 'unsafe-none' } })],
  ],
  'sandbox-breaks-frames': [
    [withFrame(['sandbox allow-scripts'])],
    [withFrame(['sandbox allow-scripts allow-same-origin']), 'sandbox'],
  ],
  'missing-frame-src': [
    [withFrame(["default-src 'self'"]), withFrame(["child-src 'none'"])],
    [withFrame([`default-src ${FRAME}`])],
  ],
  'frame-src-refuses': [[withFrame(["frame-src 'self'"])], [withFrame([`frame-src ${FRAME}`])]],
  'policies-intersect': [
    [
      withFrame([`frame-src ${FRAME}`, "default-src 'self'"]),
      withFrame([`frame-src ${FRAME}`], { meta: ["frame-src 'self'"] }),
    ],
    [
      withFrame([`frame-src ${FRAME}`, "script-src 'self'"]),
      withFrame([`frame-src ${FRAME}`], { reported: ["frame-src 'none'"] }),
    ],
  ],
  'need-refused': [
    [
      { enforced: ["default-src 'self'"], needs: { connects: ['https://api.example'] } },
      { enforced: ["form-action 'self'"], needs: { forms: ['https://pay.example'] } },
    ],
    [
      { enforced: ['connect-src https://api.example'], needs: { connects: ['https://api.example/v1'] } },
      {
        enforced: [`script-src ${NONCE}; style-src ${NONCE}`],
        needs: { scripts: ['https://js.example'], styles: ['https://js.example'] },
      },
    ],
  ],
  'no-policy': [[{}, { enforced: [''] }], ["default-src 'none'"]],
  'only-reports': [
    [{ reported: ["default-src 'none'"] }],
    [{ enforced: ["img-src 'self'"], reported: ["default-src 'none'"] }],
  ],
  'no-reports': [["default-src 'none'"], ['report-uri /csp']],
  'report-uri-alone': [['report-uri /csp'], ['report-uri /csp; report-to csp']],
  'report-to-alone': [['report-to csp'], ['report-uri /csp; report-to csp']],
  'report-to-nowhere': [
    [{ enforced: ['report-to csp'], headers: { 'reporting-endpoints': 'other="/csp"' } }],
    [
      { enforced: ['report-to csp'], headers: { 'reporting-endpoints': 'other="/x", csp="/csp"' } },
      { enforced: ['report-to csp'], headers: { 'report-to': '{"group":"csp","max_age":1,"endpoints":[]}' } },
      'report-to csp',
    ],
  ],
  'report-uri-empty': [['report-uri'], ['report-uri /csp']],
  'report-uri-insecure': [['report-uri http://a.example/'], ['report-uri https://a.example/']],
  'directive-typo': [
    ['iframe-src a', 'script-scr a', 'image-src a', 'default a', 'xhr-src a', 'script_src a'],
    ['frame-src a', 'unheard-of a', 'frame-src: a'],
  ],
  'directive-colon': [['frame-src: a'], ['frame-src a']],
  'unknown-directive': [['unheard-of a'], ['iframe-src a', 'frame-src a']],
  'comma-in-policy': [
    ["script-src 'self', https://a.example", "script-src a.example, 'self'"],
    ["script-src 'self', img-src 'self'", { meta: ["img-src 'self', https://a.example"] }],
  ],
  'missing-semicolon': [["script-src 'self' object-src 'none'"], ["script-src 'self'; object-src 'none'"]],
  'unquoted-keyword': [
    ['img-src self', 'img-src none', 'script-src nonce-abc', 'script-src sha256-abc='],
    ["img-src 'self'"],
  ],
  'wrong-trusted-types': [['require-trusted-types-for script'], ["require-trusted-types-for 'script'"]],
  'source-typo': [
    [
      "img-src 'slef'",
      'img-src "self"',
      "img-src 'https://a.example'",
      "script-src 'unsafe-inline",
      { meta: ["img-src 'self', https://a.example"] },
    ],
    ["img-src 'self'"],
  ],
  'unknown-source': [
    ['img-src a*.example', 'img-src [::1]'],
    ["img-src 'slef'", 'img-src a.example'],
  ],
  'none-beside-others': [["img-src 'none' 'self'"], ["img-src 'none'"]],
  'misplaced-keyword': [
    ["img-src 'unsafe-inline'", `frame-src ${NONCE}`, "style-src 'strict-dynamic'"],
    ["style-src 'unsafe-inline'", "default-src 'unsafe-inline'", "img-src 'self'"],
  ],
  'repeated-source': [['img-src a a'], ['img-src a; font-src a']],
  'surplus-words': [['upgrade-insecure-requests 1'], ['upgrade-insecure-requests']],
  'repeated-directive': [['img-src a; img-src b'], ['img-src a; font-src b']],
  'not-ascii': [["img-src ‘self’; font-src 'self'"], ["img-src 'self'"]],
  'deprecated-directive': [['block-all-mixed-content'], ['upgrade-insecure-requests', 'report-uri /csp']],
  'gone-directive': [['plugin-types a/b', 'navigate-to a'], ["img-src 'self'"]],
  'useless-in-meta': [
    [{ meta: ["frame-ancestors 'none'"] }, { meta: ['report-uri /csp'] }],
    ["frame-ancestors 'none'"],
  ],
  'upgrade-on-localhost': [
    [{ enforced: ['upgrade-insecure-requests'], origin: 'http://localhost:3000' }],
    ['upgrade-insecure-requests'],
  ],
};

describe('a rule', () => {
  const bad = RULE_IDS.flatMap((id) => CASES[id][0].map((given) => [id, given] as const));
  const good = RULE_IDS.flatMap((id) => CASES[id][1].map((given) => [id, given] as const));

  it.each(bad)('%s finds %j', (id, given) => {
    expect(idsOf(given)).toContain(id);
  });

  it.each(good)('%s finds nothing in %j', (id, given) => {
    expect(idsOf(given)).not.toContain(id);
  });

  it.each(RULE_IDS)('%s says what, why and where that is written', (id) => {
    const { title, explanation, attack, source } = RULES[id];
    for (const text of [title, explanation, attack, source]) expect(text.trim()).not.toBe('');
    expect(explanation).toMatch(/\.$/u);
    expect(attack).toMatch(/\.$/u);
  });
});
