/** Where a command runs: a port, so that tests read what was printed and stop what was started. */
export interface Terminal {
  /** Folder that relative paths start from. */
  readonly cwd: string;
  /** Environment variables. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** One line of the answer (standard output). */
  readonly print: (line: string) => void;
  /** One line about the work (standard error), so that `--json` output stays clean. */
  readonly note: (line: string) => void;
  /** Aborts when the person presses Ctrl-C or the process is asked to end. */
  readonly stop: AbortSignal;
}

/** Waits until the terminal asks to stop. */
export function stopped(terminal: Terminal): Promise<void> {
  const { stop } = terminal;
  return new Promise((resolve) => {
    if (stop.aborted) resolve();
    stop.addEventListener(
      'abort',
      () => {
        resolve();
      },
      { once: true },
    );
  });
}

/** Within this time a second signal is an echo of the first: a terminal signals the whole group, and npm passes it on too. */
const ECHO_MS = 1000;

/** What moves a cursor, colours, renames a window or turns the direction of writing (Trojan Source); lines and tabs may stay. */
const COMMANDS = /[^\P{Cc}\t\n]|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** A text as a terminal may show it, wherever it comes from: pages, reports and servers have words in what is printed. */
export const harmless = (text: string): string => text.replaceAll(COMMANDS, '\uFFFD');

/** The terminal of this process. SIGINT and SIGTERM ask it to stop; who insists later ends it at once. */
export function processTerminal(): Terminal {
  const controller = new AbortController();
  let asked: number | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      asked ??= performance.now();
      if (performance.now() - asked > ECHO_MS) process.exit(130);
      controller.abort();
    });
  }
  return {
    cwd: process.cwd(),
    env: process.env,
    print: (line) => void process.stdout.write(`${harmless(line)}\n`),
    note: (line) => void process.stderr.write(`${harmless(line)}\n`),
    stop: controller.signal,
  };
}
