import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePorts, listen } from '../net/listen.js';
import { LOOPBACK } from '../net/loopback.js';
import { main } from '../main.js';
import { fakeTerminal, scratchFolder } from '../test-support/scratch.js';
import { TRAVERSALS } from '../test-support/traversals.js';

const SECRET = 'kept beside the folder';
const HEADERS = { 'Content-Type': 'text/html; charset=utf-8', 'X-Exact': 'yes' };

async function served(): Promise<number> {
  const scratch = await scratchFolder();
  const folder = join(scratch, 'site');
  await mkdir(join(folder, '.git'), { recursive: true });
  await Promise.all([
    writeFile(join(scratch, 'secret.txt'), SECRET),
    writeFile(join(folder, '.env'), SECRET),
    writeFile(join(folder, '.git', 'config'), SECRET),
    writeFile(join(folder, 'collect.html'), 'a frame'),
    writeFile(
      join(folder, 'headers.json'),
      JSON.stringify({ build: 'build-of-a-test', headers: { '/collect.html': HEADERS } }),
    ),
  ]);
  const [port = 0] = await freePorts(1);
  const terminal = fakeTerminal(scratch);
  const ended = main(['serve', '--dir', 'site', '--port', String(port), '--json'], terminal);
  onTestFinished(async () => {
    terminal.end();
    expect(await ended).toBe(0);
  });
  await expect.poll(() => terminal.printed).toEqual([JSON.stringify({ url: `http://127.0.0.1:${String(port)}` })]);
  return port;
}

/** Written to the socket as it is: an HTTP client would tidy the path up. */
function rawGet(port: number, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, LOOPBACK, () => {
      socket.end(`GET ${path} HTTP/1.1\r\nHost: elements.localhost\r\nConnection: close\r\n\r\n`, 'utf8');
    });
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (part: string) => (answer += part));
    socket.on('end', () => {
      resolve(answer);
    });
    socket.on('error', reject);
  });
}

describe('cloister serve', () => {
  it('serves a listed file with exactly its headers', async () => {
    const answer = await rawGet(await served(), '/collect.html');
    expect(answer).toContain('HTTP/1.1 200');
    expect(answer).toContain('X-Exact: yes');
    expect(answer.endsWith('a frame')).toBe(true);
  });

  it('A87 answers no path but the listed ones, and never from the disk', async () => {
    const port = await served();
    const paths = [...TRAVERSALS, '/headers.json', '/', '/collect.HTML', 'http://127.0.0.1/../secret.txt', '*'];
    const answers = await Promise.all(paths.map(async (path) => [path, await rawGet(port, path)] as const));
    for (const [path, answer] of answers) {
      expect(answer, path).not.toContain(SECRET);
      expect(answer, path).not.toContain('200 OK');
    }
  });

  it('says which port is taken, and what to do', async () => {
    const folder = await scratchFolder();
    await writeFile(join(folder, 'headers.json'), '{"build":"build-of-a-test","headers":{"/a.js":{}}}');
    await writeFile(join(folder, 'a.js'), '');
    const taken = await listen(() => undefined, { host: LOOPBACK, port: 0 });
    onTestFinished(taken.close);
    const terminal = fakeTerminal(folder);
    expect(await main(['serve', '--dir', '.', '--port', String(taken.port)], terminal)).toBe(1);
    expect(terminal.noted).toEqual([
      `cloister: port ${String(taken.port)} is taken; choose another with --port N [port]`,
    ]);
  });
});
