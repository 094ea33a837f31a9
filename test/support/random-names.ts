/**
 * Names that chance makes, which differ between any two runs and say nothing; each becomes a constant of its own kind.
 *
 * Security: only what is too long to be a value that is typed in a test, or has a shape that no such value has.
 */
const KINDS: readonly (readonly [expression: RegExp, name: string])[] = [
  // Four numbers of 32 bits, which `scripts/build/strong-ids.mjs` makes of penpal's names of calls: 24 digits and more, for no
  // card number has as many; fewer come once in 10¹⁴.
  [/(?<![\w-])(?=[\d-]{27})\d{1,10}(?:-\d{1,10}){3}(?![\w-])/gu, '<call>'],
  [/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/gu, '<uuid>'],
  [/(?<![\w-])cls_[\w-]{43}(?![\w-])/gu, '<session>'],
  [/(?<![\w-])[\w-]{43}(?![\w-])/gu, '<thumbprint>'],
  // In base64url, and on its way there in base64 (RFC 4648 §4).
  [/(?<![\w+/-])(?=[\w+/-]*[A-Z])(?=[\w+/-]*[a-z])[\w+/-]{22}(?:==)?(?![\w+/-])/gu, '<frame>'],
];

/** The text with each such name replaced by its kind. */
export const withoutRandomNames = (text: string): string =>
  KINDS.reduce((rest, [expression, name]) => rest.replace(expression, name), text);
