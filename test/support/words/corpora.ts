import { HOSTILE_MARKUP, markupSoup } from '../markup-corpus.js';
import { PUBLIC_MARKUP } from './public-corpus.js';
import { UNRULY_TEXTS } from './unruly-texts.js';

const SEED = 20_261_122;

const ADDRESSES = [
  'javascript:seen()',
  'data:text/html,<script>seen()</script>',
  '//thief.localhost/x',
  'https://thief.localhost/<img src=x>',
];

/** What every text option is tried with: DOMPurify's corpus, ours, some soup, addresses, and texts that are no markup. */
export const HOSTILE_WORDS: readonly string[] = [
  ...new Set([...PUBLIC_MARKUP, ...HOSTILE_MARKUP, ...markupSoup(30, SEED), ...ADDRESSES, ...UNRULY_TEXTS]),
];

/** Only emphasis without attributes: what is left of markup in a help text. */
export const EMPHASIS = /^(?:[^<]|<\/?(?:b|i|em|strong|span)>|<br>)*$/u;
