/**
 * Why this exists: a workflow runs with our rights, and a tag of an action can be moved by whoever takes its repository
 * over (A104). A commit cannot.
 */
const COMMIT = /^[0-9a-f]{40}$/u;

/**
 * @param {Readonly<Record<string, string>>} workflows file name → text.
 * @returns {string[]} what is wrong, one sentence each.
 */
export function workflowProblems(workflows) {
  return Object.entries(workflows).flatMap(([file, text]) => {
    const lines = text.split('\n').map((line) => line.trim());
    const rights = lines.includes('permissions: {}') ? [] : [`${file} does not begin without rights: permissions: {}`];
    return [
      ...rights,
      ...lines
        .flatMap(usedAction)
        .filter(isLoose)
        .map((action) => `${file} uses ${action}: pin a commit`),
    ];
  });
}

function usedAction(line) {
  const [, action] = line.split('uses: ');
  return action === undefined ? [] : [action.split(' ', 1)[0]];
}

function isLoose(action) {
  return !action.startsWith('./') && !COMMIT.test(action.split('@')[1] ?? '');
}
