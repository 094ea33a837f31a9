/** Why this exists: every error names an anchor of this page, so every code has its paragraph here. */
import { table } from './table.mjs';

const OWNERS = {
  shopper: 'the shopper, or nobody but time',
  integrator: 'you, who build the page or its backend',
  operator: 'who runs the vault and the elements origin',
};

/**
 * @param {{ ERRORS: object, ERROR_CODES: object, PROBLEM_KINDS: object }} tables of the built packages.
 * @returns {string} Markdown.
 */
export function errorsPage({ ERRORS, ERROR_CODES, PROBLEM_KINDS }) {
  return `# Errors

Generated from the tables in the code (\`npm run docs\`); do not edit.

Whatever fails at run time is a \`CloisterError\` with a \`code\` of this page, \`retryable\`, and \`docs\`, the address of its
paragraph; some have a \`hint\`, such as the directive to add or the JSON Pointer of a refused option. Misuse of the API is a
\`TypeError\`, at once. No error carries a value, a response or a stack of another origin.

${table(
  ['code', 'retryable', 'who can mend it'],
  Object.entries(ERRORS).map(([code, { owner }]) => [`[\`${code}\`](#${code})`, yesNo(ERROR_CODES[code]), owner]),
)}

${Object.entries(ERRORS)
  .map(([code, entry]) => paragraph(code, entry, ERROR_CODES[code]))
  .join('\n\n')}

## Answers of the vault

The vault answers problem details (RFC 9457, \`application/problem+json\`): \`type\`, \`title\`, \`status\`, \`code\`, \`instance\` (the
id of the request, also in \`X-Request-Id\` and in the audit log), and \`errors\`, which names places in the body by JSON Pointer.
Nothing of the request is repeated.

${Object.entries(PROBLEM_KINDS)
  .map(([code, { status, title }]) => `### vault-${code}\n\n\`${code}\`, HTTP ${status}: ${title}`)
  .join('\n\n')}
`;
}

function paragraph(code, { message, owner }, retryable) {
  const again = retryable
    ? 'The same call may succeed when it is made again.'
    : 'Making the same call again will not help.';
  return `## ${code}\n\n${message}\n\nWho can mend it: ${OWNERS[owner]}. ${again}`;
}

function yesNo(value) {
  return value ? 'yes' : 'no';
}
