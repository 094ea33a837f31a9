import { withIncludes, type Unseen } from './include.js';
import { levelsOf, type Level, type SetHeader } from './level.js';
import { parseNginx, type Problem } from './parse.js';
import type { ConfigText, IncludeReader } from '../source.js';
import { textOf, type Value } from '../value.js';
import { valuesOf, variablesOf, type Variables } from './value.js';

/** What a header says. */
interface Said {
  /** The values that it may have; none where nginx would not take its directive. */
  readonly values: readonly Value[];
  /** Whether it is sent whatever a variable says: nginx does not send an empty one. */
  readonly isSure: boolean;
}

/** A configuration, read once for all checks. */
export interface Site {
  readonly levels: readonly Level[];
  readonly said: ReadonlyMap<SetHeader, Said>;
  readonly problems: readonly Problem[];
  readonly unseen: readonly Unseen[];
}

function saidBy({ value, directive }: SetHeader, variables: Variables): Said {
  const values = value === undefined ? [] : valuesOf({ word: value, directive }, variables);
  const isSure = values.every((each) => textOf(each) !== '' && !each.every(({ unknown }) => unknown));
  return { values, isSure: isSure && values.length > 0 };
}

/** Reads a configuration with what it includes. */
export function readSite(main: ConfigText, read: IncludeReader): Site {
  const { directives, problems, unseen } = withIncludes(parseNginx(main), read);
  const levels = levelsOf(directives);
  const variables = variablesOf(directives);
  const said = new Map(levels.flatMap(({ own }) => own.map((header) => [header, saidBy(header, variables)] as const)));
  return { levels, said, problems, unseen };
}

/** The values that a header may have; none where nginx would not take its directive. */
export const headerValues = (header: SetHeader, { said }: Site): readonly Value[] => said.get(header)?.values ?? [];

export const isSurelySent = (header: SetHeader, { said }: Site): boolean => said.get(header)?.isSure === true;
