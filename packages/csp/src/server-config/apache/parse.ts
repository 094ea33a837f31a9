import { sourceFile, type ConfigText, type SourceFile } from '../source.js';
import { linesOf, wordText, type Line } from './line.js';

/** A directive, or a section with what stands in it. */
export interface Directive {
  /** In lower case: names are compared so. */
  readonly name: string;
  readonly line: Line;
  /** `undefined` for a directive. */
  readonly section: readonly Directive[] | undefined;
}

/** Why Apache would not read a text, with what a person is told. */
export const PROBLEMS = {
  'unclosed-section': 'This section is never closed.',
  'stray-section': 'This closes a section that is not open, or not the innermost.',
  'too-deep': 'Sections are nested more than 32 deep, which is not followed.',
} as const satisfies Readonly<Record<string, string>>;

export interface Problem {
  readonly code: keyof typeof PROBLEMS;
  readonly line: Line;
}

export interface Parsed {
  readonly file: SourceFile;
  readonly directives: readonly Directive[];
  readonly problem: Problem | undefined;
}

const DEEPEST = 32;

interface Open {
  readonly name: string;
  readonly line: Line | undefined;
  readonly directives: Directive[];
}

/** `<Location` and `</Location>`; a section's last word may have the `>` at its end. */
const OPENS = /^<([a-z]\w*)>?$/iu;
const CLOSES = /^<\/([a-z]\w*)\s*>?$/iu;

/** Reads a configuration file of Apache. Total and linear: what cannot be read is a `problem`, and what stands before it is there. */
export function parseApache(text: ConfigText): Parsed {
  const file = sourceFile(text);
  const open: Open[] = [{ name: '', line: undefined, directives: [] }];
  const close = (): void => {
    const section = open.pop();
    if (section?.line !== undefined)
      open.at(-1)?.directives.push({ name: section.name, line: section.line, section: section.directives });
  };
  const take = (line: Line): Problem['code'] | undefined => {
    const first = wordText(line, line.words[0]);
    const [, opened] = OPENS.exec(first) ?? [];
    const [, closed] = CLOSES.exec(first) ?? [];
    if (closed !== undefined) {
      if (open.length === 1 || open.at(-1)?.name !== closed.toLowerCase()) return 'stray-section';
      close();
    } else if (opened === undefined) {
      open.at(-1)?.directives.push({ name: first.toLowerCase(), line, section: undefined });
    } else {
      if (open.length > DEEPEST) return 'too-deep';
      open.push({ name: opened.toLowerCase(), line, directives: [] });
    }
    return undefined;
  };
  let problem: Problem | undefined;
  for (const line of linesOf(file)) {
    const code = take(line);
    if (code === undefined) continue;
    problem = { code, line };
    break;
  }
  const left = open.at(-1)?.line;
  if (problem === undefined && left !== undefined) problem = { code: 'unclosed-section', line: left };
  while (open.length > 1) close();
  return { file, directives: open[0]?.directives ?? [], problem };
}
