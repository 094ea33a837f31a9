import { parseArgs } from 'node:util';

/** What a run was asked for. */
export interface Wish {
  /** A smoke run: three rounds, one of what takes long, and none thrown away. */
  readonly quick: boolean;
  /** Rounds of every scenario; each scenario's own when nobody says. */
  readonly rounds: number | undefined;
  /** Names; all when nobody says. */
  readonly scenarios: readonly string[] | undefined;
  readonly adapters: readonly string[] | undefined;
  readonly realVault: boolean;
  /** Whether `docs/performance.md` gets the tables. */
  readonly write: boolean;
}

const list = (text: string | undefined): readonly string[] | undefined =>
  text?.split(',').filter((name) => name !== '');

function roundsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const rounds = Number(text);
  if (!Number.isSafeInteger(rounds) || rounds < 1) throw new TypeError('--rounds is a number from 1');
  return rounds;
}

/** @throws TypeError for what is no option. */
export function readArguments(args: readonly string[]): Wish {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      scenario: { type: 'string' },
      adapter: { type: 'string' },
      vault: { type: 'string' },
      write: { type: 'boolean', default: false },
    },
  });
  return {
    quick: values.quick,
    rounds: roundsOf(values.rounds),
    scenarios: list(values.scenario),
    adapters: list(values.adapter),
    realVault: values.vault === 'real',
    write: values.write,
  };
}
