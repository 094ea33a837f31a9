/**
 * Why this exists: every script starts other programs, and must start them the same way: no shell, no inherited standard
 * input, and an exit code that is never lost.
 */
import { spawn } from 'node:child_process';

/**
 * Runs a program to its end.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<{ code: number, output: string }>} `output` is what it wrote, when `stdio` is `pipe`.
 */
export function command(program, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
    const chunks = [];
    child.stdout?.on('data', (chunk) => chunks.push(chunk));
    child.stderr?.on('data', (chunk) => chunks.push(chunk));
    const output = () => Buffer.concat(chunks).toString('utf8');
    child.on('error', (error) => resolve({ code: 127, output: `${output()}${error.message}\n` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output: output() }));
  });
}

/**
 * npm as a program and its first arguments: the very npm that started us where there is one, because Windows has no `npm`
 * that can be started without a shell.
 * @param {string} [node] what runs it.
 * @returns {[program: string, ...args: string[]]}
 */
export function npm(node = process.execPath) {
  const script = process.env.npm_execpath;
  return script?.endsWith('npm-cli.js') ? [node, script] : ['npm'];
}
