import type { RuleId } from '@cloister/csp';

/** What stands for one of csp_evaluator's kinds of finding: rules of ours that say it, or why nobody should. */
export interface Answer {
  readonly rules: readonly RuleId[];
  /** Where none of ours says it: why it is not so. */
  readonly refuted?: string;
  /** Words for which it is not so; all others must be found. */
  readonly refutedFor?: ReadonlySet<string>;
}

/**
 * Every kind of csp_evaluator 1.1.8, by name, with the rules that find the same. Where it speaks of a word, one of ours must speak of that
 * word or of its directive.
 */
export const ANSWERS: Readonly<Record<string, Answer>> = {
  MISSING_SEMICOLON: { rules: ['missing-semicolon'] },
  UNKNOWN_DIRECTIVE: {
    rules: ['unknown-directive', 'directive-typo', 'directive-colon', 'comma-in-policy', 'gone-directive'],
    refuted: 'fenced-frame-src and webrtc are directives: browsers read them, and csp_evaluator 1.1.8 is older.',
    refutedFor: new Set(['fenced-frame-src', 'webrtc']),
  },
  INVALID_KEYWORD: {
    rules: ['unquoted-keyword', 'source-typo', 'unknown-source', 'malformed-nonce', 'wrong-trusted-types'],
    refuted:
      'The words are in CSP3 and Trusted Types; csp_evaluator 1.1.8 is older. And block is what reflected-xss had, which has a finding as a whole.',
    refutedFor: new Set(["'report-sha256'", "'trusted-types-eval'", 'block']),
  },
  NONCE_CHARSET: { rules: ['malformed-nonce'] },
  NONCE_LENGTH: { rules: ['short-nonce', 'malformed-nonce'] },
  STATIC_NONCE: { rules: ['static-nonce'] },
  MISSING_DIRECTIVES: {
    rules: ['missing-script-src', 'missing-object-src', 'missing-base-uri', 'missing-base-uri-of-nonces'],
  },
  SCRIPT_UNSAFE_INLINE: { rules: ['unsafe-inline'] },
  SCRIPT_UNSAFE_HASHES: { rules: ['unsafe-hashes'] },
  SCRIPT_UNSAFE_EVAL: { rules: ['unsafe-eval'] },
  PLAIN_URL_SCHEMES: { rules: ['script-from-anywhere', 'script-from-data', 'open-object-src', 'open-base-uri'] },
  PLAIN_WILDCARD: { rules: ['script-from-anywhere', 'open-object-src', 'open-base-uri'] },
  SCRIPT_ALLOWLIST_BYPASS: {
    rules: ['script-bypass-host', 'script-public-host', 'script-tag-manager', 'script-allow-list'],
  },
  OBJECT_ALLOWLIST_BYPASS: { rules: ['some-objects', 'open-object-src'] },
  IP_SOURCE: { rules: ['ip-source', 'localhost-source'] },
  DEPRECATED_DIRECTIVE: { rules: ['gone-directive', 'deprecated-directive', 'unknown-directive'] },
  SRC_HTTP: { rules: ['http-source', 'report-uri-insecure', 'localhost-source'] },
  STRICT_DYNAMIC: { rules: ['script-allow-list', 'script-from-anywhere', 'script-from-data', 'script-from-blob'] },
  STRICT_DYNAMIC_NOT_STANDALONE: { rules: ['strict-dynamic-alone'] },
  UNSAFE_INLINE_FALLBACK: {
    rules: [],
    refuted:
      'It is for browsers without nonces and hashes: Safari before 10, Firefox before 31, Chrome before 40. None of them has had a fix since 2016, nor the TLS that a payment page must ask for; and who takes the nonce out later is left with unsafe-inline.',
  },
  ALLOWLIST_FALLBACK: {
    rules: [],
    refuted:
      'It is for browsers without strict-dynamic: Safari before 15.4, Chrome before 52, Firefox before 52. It opens https: and http: to them, so that they run every script; better that they run those with a nonce alone.',
  },
  IGNORED: { rules: ['strict-dynamic-ignores', 'unsafe-inline-neutralised', 'unknown-source'] },
  REQUIRE_TRUSTED_TYPES_FOR_SCRIPTS: {
    rules: ['no-trusted-types', 'wrong-trusted-types', 'empty-trusted-types', 'not-ascii'],
  },
  REPORTING_DESTINATION_MISSING: { rules: ['no-reports'] },
  REPORT_TO_ONLY: { rules: ['report-to-alone'] },
};
