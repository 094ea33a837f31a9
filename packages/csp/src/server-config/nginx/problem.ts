/** Why nginx would not read a text, with what a person is told. */
export const PROBLEMS = {
  'unclosed-block': 'This block is never closed: a } is missing.',
  'unclosed-quote': 'This quote is never closed.',
  'unfinished-directive': 'This directive is never ended: a ; is missing.',
  'after-quote': 'After a closing quote comes white space, ; or {: a quote within the value is written as \\".',
  'stray-brace': 'This } closes nothing, or stands where a ; is missing.',
  'stray-mark': 'There is no directive before this ; or {.',
  'unclosed-lua': 'This block of Lua is never closed.',
  'too-deep': 'Blocks are nested more than 32 deep, which is not followed.',
} as const satisfies Readonly<Record<string, string>>;

export type ProblemCode = keyof typeof PROBLEMS;
