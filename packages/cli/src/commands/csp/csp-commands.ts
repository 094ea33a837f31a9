import type { Command } from '../command.js';
import { checkCommand } from './check.command.js';
import { demoCommand } from './demo.command.js';

/** What `cloister csp` can do. */
export const CSP_COMMANDS: readonly Command[] = [checkCommand, demoCommand];
