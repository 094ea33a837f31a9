/** Why this exists: one way to write a Markdown table, in which no cell can end its row. */

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 * @returns {string}
 */
export function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cellOf).join(' | ')} |`).join('\n');
}

function cellOf(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
