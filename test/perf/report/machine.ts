import { arch, cpus, platform, totalmem } from 'node:os';

/** Where and with what a run was made. */
export interface Circumstances {
  readonly machine: string;
  readonly versions: string;
  readonly command: string;
}

/** @param chromium - the version that the browser itself told. */
export function circumstances(chromium: string, args: readonly string[]): Circumstances {
  const [cpu] = cpus();
  const memory = `${(totalmem() / 1024 ** 3).toFixed(0)} GB`;
  return {
    machine: `${String(cpus().length)} × ${cpu?.model.trim() ?? 'unknown'}, ${memory}, ${platform()} ${arch()}`,
    versions: `Chromium ${chromium} (headless, site isolation on), Node ${process.versions.node}`,
    command: ['npm run bench', ...(args.length === 0 ? [] : ['--', ...args])].join(' '),
  };
}
