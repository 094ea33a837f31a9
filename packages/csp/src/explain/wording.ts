import { NONCE } from '../needs/headers.js';
import type { Destination } from '../semantics/load.js';
import type { PolicyEdit } from './mend.js';
import type { Subject } from './subject.js';
import type { ViolationFacts } from './violation-facts.js';
import type { Owner } from './whose.js';

const THINGS: Readonly<Record<Destination | 'form' | 'base', string>> = {
  script: 'a script',
  style: 'a style sheet',
  image: 'an image',
  font: 'a font',
  media: 'a sound or film',
  object: 'a plug-in',
  connect: 'a connection',
  frame: 'a frame',
  worker: 'a worker',
  manifest: 'a manifest',
  prefetch: 'a hint',
  form: 'a form',
  base: 'a base address',
};

const INLINE = {
  script: 'a script that stands in the page',
  'javascript-url': 'a script that stands in an address',
  'script-attribute': 'an event handler in an attribute',
  style: 'a style that stands in the page',
  'style-attribute': 'a style in an attribute',
} as const;

/** A place as people know it. */
const placeOf = (url: URL): string => (url.origin === 'null' ? url.protocol : url.origin);

function thingOf(subject: Subject): string {
  switch (subject.kind) {
    case 'place':
      return THINGS[subject.thing];
    case 'inline':
      return INLINE[subject.what];
    case 'eval':
      return 'code that is made of a text';
    case 'wasm':
      return 'a WebAssembly module';
    case 'types':
      return 'a text where Trusted Types are required';
    case 'ancestors':
      return 'to be embedded';
    case 'other':
      return 'something';
  }
}

function belongs(subject: Subject, owner: Owner, source: string): string {
  const place = subject.kind === 'place' ? ` (${placeOf(subject.url)})` : '';
  switch (owner.whose) {
    case 'sdk':
      return ` of the secure fields${place}; without it they do not work.`;
    case 'service':
      return ` of ${owner.service.title}${place}.`;
    case 'page':
      return " of the page's own origin.";
    case 'unknown': {
      const asked = URL.canParse(source) ? `, asked for by ${placeOf(new URL(source))}` : '';
      const known =
        subject.kind === 'place' ? ' Nothing that is configured here is there: allow it only if you know it.' : '';
      return `${place}${asked}.${known}`;
    }
    case 'extension':
      return '.';
  }
}

/** One sentence or two for whoever runs the page. */
export function whatWords({ disposition, source }: ViolationFacts, subject: Subject, owner: Owner): string {
  if (owner.whose === 'extension') return `${owner.rule.reason} Neither the page nor its policy is at fault.`;
  const refuses = disposition === 'report' ? 'The policy would refuse' : 'The policy refused';
  return `${refuses} ${thingOf(subject)}${belongs(subject, owner, source)}`;
}

/** A nonce is of one answer: the next has another. */
const written = (word: string): string => (/^'nonce-/iu.test(word) ? `'nonce-${NONCE}'` : word);

function editWords({ directive, from, added }: PolicyEdit): string {
  if (from === undefined) return `add ${added.join(' ')} to ${directive}`;
  const kept = from.filter((word) => word.toLowerCase() !== "'none'" && !added.includes(word)).map(written);
  return `add the directive ${[directive, ...kept, ...added].join(' ')}`;
}

const policyWords = ({ index, by, disposition }: PolicyEdit): string =>
  `policy ${index + 1} (${by === 'meta' ? 'in the markup' : disposition === 'report' ? 'report only' : 'header'})`;

/** What to change, in one line; where there are several policies, in which. */
export const fixWords = (edits: readonly PolicyEdit[], policies: number): string =>
  edits
    .map((edit) => (policies === 1 ? editWords(edit) : `in ${policyWords(edit)} ${editWords(edit)}`))
    .join('; ')
    .replace(/^./u, (first) => first.toUpperCase());
