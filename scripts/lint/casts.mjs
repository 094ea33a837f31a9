/**
 * Why this exists: `as` is where the compiler is told to look away. Decoders need a few; this rule counts them against a
 * list, so that each new one is a visible decision. `as const` asserts nothing and is free.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const casts = {
  meta: { type: 'problem', schema: [{ type: 'object', additionalProperties: { type: 'integer', minimum: 1 } }] },
  create(context) {
    const [allowed = {}] = context.options;
    const path = context.filename.slice(context.cwd.length + 1).replaceAll('\\', '/');
    const budget = allowed[path] ?? 0;
    const found = [];
    return {
      TSAsExpression: (node) => void (isConst(node) || found.push(node)),
      TSTypeAssertion: (node) => void found.push(node),
      'Program:exit'(program) {
        for (const node of found.slice(budget)) context.report({ node, message: 'A cast: decode or narrow instead.' });
        if (found.length < budget) {
          context.report({
            node: program,
            message: `Only ${found.length} of ${budget} casts are left: lower the list.`,
          });
        }
      },
    };
  },
};

function isConst({ typeAnnotation }) {
  return typeAnnotation.type === 'TSTypeReference' && typeAnnotation.typeName.name === 'const';
}
