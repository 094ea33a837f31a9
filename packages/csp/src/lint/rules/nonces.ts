import { NONCE } from '../../needs/headers.js';
import type { Listed } from '../page.js';
import { atWord, onceEach, type Hit, type PolicyCheck, type Rule } from '../rule.js';

/** 128 bits in base64 (CSP3 §7.1); csp_evaluator asks for eight letters. */
const LETTERS = 22;
/** What people leave in from an example, or write so that it works. */
const SAMPLE = /nonce|random|secret|test|abc|123|qwerty|placeholder|change|example|static|foo|bar|xxx/iu;
const NONCE_WORD = /^'nonce-/iu;

interface Nonced {
  readonly listed: Listed;
  readonly nonce: string;
}

const noncesOf = (words: readonly Listed[]): readonly Nonced[] =>
  onceEach(words).flatMap((listed) =>
    listed.source.kind === 'nonce' && listed.source.nonce !== NONCE ? [{ listed, nonce: listed.source.nonce }] : [],
  );

/** Hexadecimal digits, of which many people make nonces, are only sixteen: past this length more are not expected. */
const TELLING = 24;

/** What is drawn has many letters; one that has few was not drawn. A short word that people know was not either. */
function isStatic(nonce: string): boolean {
  const letters = new Set(nonce.replaceAll('=', '')).size;
  if (nonce.length >= 8 && letters * 3 < Math.min(nonce.length, TELLING)) return true;
  return letters <= 2 || (nonce.length < LETTERS && SAMPLE.test(nonce));
}

const short: PolicyCheck = ({ words }) =>
  noncesOf(words)
    .filter(({ nonce }) => nonce.replaceAll('=', '').length < LETTERS)
    .map(({ listed, nonce }) =>
      atWord(listed, `The nonce has ${nonce.length} letters; 128 random bits have ${LETTERS} in base64.`),
    );

const fixed: PolicyCheck = ({ words }) =>
  noncesOf(words)
    .filter(({ nonce }) => isStatic(nonce))
    .map(({ listed, nonce }) => atWord(listed, `The nonce ${nonce} does not look drawn at random for this answer.`));

const malformed: PolicyCheck = ({ words }) =>
  onceEach(words)
    .filter(({ source, word }) => source.kind === 'unknown' && NONCE_WORD.test(word.text))
    .map((listed): Hit =>
      atWord(listed, `${listed.word.text} is not a nonce: only base64 may stand in it, and browsers read over it.`),
    );

export const nonces = {
  'short-nonce': {
    severity: 'medium',
    scope: 'policy',
    closable: true,
    title: 'A short nonce',
    explanation: 'A nonce keeps scripts out as long as it cannot be guessed.',
    attack: 'A nonce that can be guessed lets an injected script run.',
    source: 'CSP3 §7.1; csp_evaluator NONCE_LENGTH',
    check: short,
  },
  'static-nonce': {
    severity: 'high',
    scope: 'policy',
    closable: true,
    title: 'A nonce that looks the same in every answer',
    explanation:
      'A nonce is for one answer. One that stands in a configuration file is a password that everybody reads.',
    attack: 'The attacker reads the nonce once and writes it on every injected script.',
    source: 'CSP3 §7.1; csp_evaluator STATIC_NONCE',
    check: fixed,
  },
  'malformed-nonce': {
    severity: 'medium',
    scope: 'policy',
    title: 'A nonce that is none',
    explanation: 'Most often the template’s variable was not filled in.',
    attack: 'None: the scripts that were meant do not run, and the one who mends it in haste opens the policy.',
    source: 'CSP3 §2.3.1; csp_evaluator NONCE_CHARSET',
    check: malformed,
  },
} as const satisfies Readonly<Record<string, Rule>>;
