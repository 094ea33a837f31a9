import { isDirective } from '../../../syntax/directives.js';
import type { ConfigFinding } from '../../finding.js';
import { isSecurityHeader, nameOf } from '../../headers.js';
import { placeIn } from '../../source.js';
import type { Level, SetHeader } from '../level.js';
import type { Directive } from '../parse.js';
import { headerValues, type Site } from '../site.js';
import type { Token } from '../token.js';
import { told } from '../../told.js';
import { placeOf, writtenOf } from '../written.js';
import { textOf } from '../../value.js';

const headerOf = ({ name, words }: Directive): string | undefined => {
  const header = words[1]?.text.toLowerCase() ?? '';
  return name === 'add_header' && isSecurityHeader(header) ? nameOf(header) : undefined;
};

/** The directives from this one on that are parts of its value: their names are those of a policy's directives. */
function partsOf(directives: readonly Directive[], first: number): readonly Directive[] {
  const end = directives.findIndex(({ name }, index) => index > first && !isDirective(name));
  return directives.slice(first, end < 0 ? directives.length : end);
}

/** A word of a value as it was meant: `'self'` is a word of a policy, though nginx takes its quotes for its own. */
const meantWord = ({ file }: Directive, { start, end, text }: Token): string =>
  file.text.charAt(start) === "'" ? file.text.slice(start, end) : text.trim();

/** The value as it was meant: all that stands there, in one pair of quotes. */
function meant(header: string, parts: readonly Directive[]): string {
  const value = parts
    .map((part, index) =>
      (index === 0 ? part.words.slice(2) : part.words)
        .filter(({ text }) => text !== 'always')
        .map((word) => meantWord(part, word))
        .join(' '),
    )
    .map((each) => (each.endsWith(';') ? each.slice(0, -1).trimEnd() : each))
    .join('; ');
  return `add_header ${header} "${value.replaceAll('"', '\\"')}" always;`;
}

const isWhole = ({ words }: Directive): boolean =>
  words.length === 3 || (words.length === 4 && words[3]?.text === 'always');

/** Values that end before they should, because they are not in quotes. */
export const cutValues = ({ directives, name }: Level): readonly ConfigFinding[] =>
  directives.flatMap((directive, index) => {
    const header = headerOf(directive);
    if (header === undefined) return [];
    const parts = partsOf(directives, index);
    const [, next] = parts;
    if (isWhole(directive) && next === undefined) return [];
    const message =
      next === undefined
        ? `add_header takes a name, a value and always; this ${header} has ${directive.words.length - 1} words, so nginx does not take it.`
        : `The value of ${header} ends at the semicolon before ${next.name}, which nginx takes for a directive of its own and does not know.`;
    const last = parts.at(-1) ?? directive;
    const at = placeIn(directive.file, directive.start, last.file === directive.file ? last.end : directive.end);
    const remedy = { say: 'put the whole value in quotes', lines: [meant(header, parts)] };
    return [told('nginx-value-cut', { at, levels: [name], message, remedy })];
  });

/** What fits into nginx's buffer together with the quote behind it. */
const LONGEST = 4094;

/** Values that nginx does not read to their end. */
export const longValues = ({ own, name }: Level): readonly ConfigFinding[] =>
  own.flatMap(({ header, directive, value }) => {
    const length = value === undefined ? 0 : value.end - value.start - 2 * value.quote;
    if (length <= LONGEST) return [];
    const message = `The value of ${nameOf(header)} has ${length} letters, and nginx takes ${LONGEST}.`;
    return [told('nginx-value-long', { at: placeOf(directive), levels: [name], message })];
  });

/** Values with a line break. */
export const brokenLines = ({ own, name }: Level, site: Site): readonly ConfigFinding[] =>
  own
    .filter((header) => headerValues(header, site).some((value) => /[\n\r]/u.test(textOf(value))))
    .map(({ header, directive, value }: SetHeader) => {
      const line = writtenOf(directive);
      const isMended = /[\n\r]/u.test(value?.text ?? '') && !/\\[nr]/u.test(line);
      return told('nginx-value-lines', {
        at: placeOf(directive),
        levels: [name],
        message: `The value of ${nameOf(header)} has a line break, and nginx sends it as it stands.`,
        remedy: isMended ? { say: 'write the value in one line', lines: [line] } : undefined,
      });
    });
