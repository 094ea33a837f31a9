import type { Command } from '../command.js';
import { checkCommand } from './check.command.js';
import { demoCommand } from './demo.command.js';
import { evidenceCommand } from './evidence.command.js';
import { explainCommand } from './explain.command.js';
import { generateCommand } from './generate.command.js';
import { inventoryCommand } from './inventory.command.js';
import { lintCommand } from './lint.command.js';
import { monitorCommand } from './monitor.command.js';
import { scriptsCommand } from './scripts.command.js';

/** What `cloister csp` can do. */
export const CSP_COMMANDS: readonly Command[] = [
  generateCommand,
  lintCommand,
  explainCommand,
  checkCommand,
  demoCommand,
  inventoryCommand,
  scriptsCommand,
  monitorCommand,
  evidenceCommand,
];
