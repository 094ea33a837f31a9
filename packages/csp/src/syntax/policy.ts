/**
 * A policy as it was written (CSP3 §2.2), without loss: `printPolicy(parsePolicy(text)) === text` for any text. What a browser
 * makes of it is in `semantics`.
 */

/** A word of a value, with the white space before it, and where it stands in the text that was parsed. */
export interface Word {
  readonly space: string;
  readonly text: string;
  readonly start: number;
}

/** What stands between two semicolons. */
export interface Directive {
  readonly space: string;
  /** As written; empty where nothing stands between two semicolons. */
  readonly written: string;
  /** In lower case: names are compared so. */
  readonly name: string;
  readonly words: readonly Word[];
  /** White space before the semicolon. */
  readonly trailing: string;
  readonly start: number;
  /**
   * Why a browser reads over it: it stands a second time, has letters outside of ASCII, or is empty. `undefined` where it counts.
   */
  readonly ignored: 'repeated' | 'not-ascii' | 'empty' | undefined;
}

/** One policy. */
export interface Policy {
  readonly directives: readonly Directive[];
}

/** ASCII white space (Infra). */
const SPACE = new Set(['\t', '\n', '\f', '\r', ' ']);
const isAscii = (text: string): boolean => Array.from(text).every((letter) => letter <= '\x7F');

/** Words with the space before each, and what space is left behind the last. One step a letter, for headers may be hostile. */
function wordsOf(text: string, offset: number): { readonly words: readonly Word[]; readonly trailing: string } {
  const words: Word[] = [];
  let space = '';
  let word = '';
  const end = (at: number): void => {
    if (word === '') return;
    words.push({ space, text: word, start: offset + at - word.length });
    space = '';
    word = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (SPACE.has(letter)) {
      end(at);
      space += letter;
    } else word += letter;
  }
  end(text.length);
  return { words, trailing: space };
}

function parseDirective(text: string, offset: number, known: ReadonlySet<string>): Directive {
  const { words, trailing } = wordsOf(text, offset);
  const [first, ...rest] = words;
  if (first === undefined)
    return { space: '', written: '', name: '', words: [], trailing, start: offset, ignored: 'empty' };
  const name = first.text.toLowerCase();
  const ignored = !isAscii(text) ? 'not-ascii' : known.has(name) ? 'repeated' : undefined;
  return { space: first.space, written: first.text, name, words: rest, trailing, start: first.start, ignored };
}

/** Reads one policy. Total: whatever a header may have is a policy, if often one that means little. */
export function parsePolicy(text: string): Policy {
  const directives: Directive[] = [];
  const known = new Set<string>();
  let offset = 0;
  for (const part of text.split(';')) {
    const directive = parseDirective(part, offset, known);
    if (directive.ignored === undefined) known.add(directive.name);
    directives.push(directive);
    offset += part.length + 1;
  }
  return { directives };
}

/** Reads a header, which may have several policies with commas between them (RFC 9110 §5.6.1). */
export const parsePolicies = (header: string): readonly Policy[] =>
  header
    .split(',')
    .map(parsePolicy)
    .filter(({ directives }) => directives.some(({ ignored }) => ignored === undefined));

const printDirective = ({ space, written, words, trailing }: Directive): string =>
  `${space}${written}${words.map((word) => word.space + word.text).join('')}${trailing}`;

/** The text of a policy. Law: what was parsed is printed as it stood. */
export const printPolicy = ({ directives }: Policy): string => directives.map(printDirective).join(';');

/** The directive of that name that counts. */
export const directiveOf = ({ directives }: Policy, name: string): Directive | undefined =>
  directives.find((directive) => directive.name === name && directive.ignored === undefined);

/** Its words, or `undefined` where the policy does not have it. */
export const valueOf = (policy: Policy, name: string): readonly string[] | undefined =>
  directiveOf(policy, name)?.words.map(({ text }) => text);
