import type { TraceStep } from './host-trace.js';
import { withoutRandomNames } from './random-names.js';
import type { Stage } from './stage.js';

/** What is done with a secret, the same for every secret. */
export type TwinScript<Secret> = (stage: Stage, secret: Secret) => Promise<void>;

/** Two runs of one script, and where the host could tell them apart. */
export interface TwinResult {
  /** How many observations were compared. */
  readonly observed: number;
  readonly differences: readonly string[];
}

type Streams = Readonly<Record<string, readonly string[]>>;

/**
 * A frame tells its height when the browser has laid out, which has no order with the rest; the page's SDK says that it heard each
 * thing; and the coordinator answers a hint that nobody waits for. Each is a stream of its own.
 */
const UNORDERED: readonly (readonly [expression: RegExp, name: string])[] = [
  [/"methodPath":\["resized"\]/u, ' heights'],
  [/^out .*"type":"REPLY"/u, ' heard'],
  [/^in .*"type":"REPLY".*"thumbprint"/u, ' prepared'],
];
const orderOf = (what: string): string => UNORDERED.find(([expression]) => expression.test(what))?.[1] ?? '';

/** Time is quantised to the steps of the script; within one, each stream keeps its order. */
function streamsOf({ entries }: TraceStep): Streams {
  const streams: Record<string, string[]> = {};
  for (const { stream, what } of entries) {
    (streams[withoutRandomNames(stream) + orderOf(what)] ??= []).push(withoutRandomNames(what));
  }
  return streams;
}

const clipped = (what: string | undefined): string => (what ?? 'nothing').slice(0, 400);

/** A difference that stays, as in each later look at the document, is told once. */
function compareStreams(one: Streams, other: Streams): readonly string[] {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return names.flatMap((name) => {
    const [left, right] = [one[name] ?? [], other[name] ?? []];
    const at = Array.from({ length: Math.max(left.length, right.length) }).findIndex((_, i) => left[i] !== right[i]);
    return at < 0 ? [] : [`${name}[${String(at)}]: ${clipped(left[at])} ≠ ${clipped(right[at])}`];
  });
}

/** Where two traces differ, told by step and stream. */
export function compareTraces(one: readonly TraceStep[], other: readonly TraceStep[]): readonly string[] {
  const names = (steps: readonly TraceStep[]): string => steps.map(({ name }) => name).join(', ');
  if (names(one) !== names(other)) return [`steps: ${names(one)} ≠ ${names(other)}`];
  const differences = new Map<string, string>();
  for (const [index, step] of one.entries()) {
    const twin = other[index] ?? { name: '', entries: [] };
    for (const difference of compareStreams(streamsOf(step), streamsOf(twin)))
      if (!differences.has(difference)) differences.set(difference, `step ${String(index)} (${step.name})`);
  }
  return [...differences].map(([difference, step]) => `${step}: ${difference}`);
}

/**
 * Runs a script with two secrets, each on a stage of its own, and compares all that the host could observe (T01).
 *
 * @param stages opens a stage in a browser context of its own.
 */
export async function twinRun<Secret>(
  stages: () => Promise<Stage>,
  script: TwinScript<Secret>,
  secrets: readonly [Secret, Secret],
): Promise<TwinResult> {
  const play = async (secret: Secret): Promise<readonly TraceStep[]> => {
    const stage = await stages();
    await script(stage, secret);
    await stage.page.context().close();
    return stage.trace.steps;
  };
  // Side by side, so that both have the same machine, and half the time is spent.
  const [one, other] = await Promise.all([play(secrets[0]), play(secrets[1])]);
  return {
    observed: one.reduce((sum, { entries }) => sum + entries.length, 0),
    differences: compareTraces(one, other),
  };
}
