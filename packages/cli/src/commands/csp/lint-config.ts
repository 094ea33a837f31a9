import { resolve } from 'node:path';
import {
  configJson,
  configRemedies,
  configSarif,
  configText,
  lintApache,
  lintNginx,
  readDump,
  type ConfigFinding,
  type ConfigServer,
  type NginxOptions,
} from '@cloister/csp';
import { CliFailure } from '../../failure.js';
import { fileReader, nameIn, type IncludeBase } from './config-files.js';

/** A configuration that was read, and what it is linted with. */
export interface GivenConfig {
  readonly server: ConfigServer;
  readonly text: string;
  readonly base: IncludeBase;
  readonly facts: Omit<NginxOptions, 'read'>;
}

/** What is wrong in a server's configuration. What `nginx -T` prints has all files in it. */
export function lintConfig({ server, text, base, facts }: GivenConfig): readonly ConfigFinding[] {
  const dump = server === 'nginx' ? readDump(text) : undefined;
  if (dump !== undefined) return lintNginx(dump.main, { ...facts, read: dump.read });
  const name = base.file === undefined ? 'stdin' : nameIn(base.cwd, resolve(base.cwd, base.file));
  const lintText = server === 'nginx' ? lintNginx : lintApache;
  return lintText({ name, text }, { ...facts, read: fileReader(base) });
}

/** Findings as they are printed. @throws CliFailure `usage` for a format that there is not. */
export function writtenConfig(findings: readonly ConfigFinding[], format: string): string {
  if (format === 'json') return configJson(findings);
  if (format === 'sarif') return configSarif(findings, '0.1.0');
  if (format === 'text') return configText(findings);
  throw new CliFailure('usage', `--format takes text, json or sarif, not "${format.slice(0, 20)}"`);
}

/** What a person has to write, since this does not: a configuration holds more than the policy. @throws CliFailure `usage` always */
export function refuseFix(findings: readonly ConfigFinding[], print: (line: string) => void): never {
  const remedies = configRemedies(findings);
  if (remedies !== '') print(remedies);
  throw new CliFailure(
    'usage',
    remedies === ''
      ? '--fix does not rewrite a server’s configuration, and there is no change to name'
      : '--fix does not rewrite a server’s configuration; the changes to make by hand are named above',
  );
}
