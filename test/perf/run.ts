import { ADAPTERS } from './adapters/all.js';
import type { Wish } from './arguments.js';
import { serveAdapter, type Served } from './lab/lab.js';
import { rounds, type Round } from './measure/rounds.js';
import type { Bench, Scenario } from './scenario.js';
import { SCENARIOS } from './scenarios/all.js';

/** Longer than any sample takes; what takes longer does not work. */
const PATIENCE = 120_000;
const QUICK_ROUNDS = 3;

async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`nothing after ${String(PATIENCE)} ms`));
    }, PATIENCE);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** @throws TypeError for a name that nothing has. */
function chosen<T extends { readonly name: string }>(
  all: readonly T[],
  names: readonly string[] | undefined,
): readonly T[] {
  const unknown = names?.find((name) => all.every((each) => each.name !== name));
  if (unknown !== undefined)
    throw new TypeError(`there is no ${unknown}; there are ${all.map(({ name }) => name).join(', ')}`);
  return names === undefined ? all : all.filter(({ name }) => names.includes(name));
}

/** Whose turn it is, and when. */
function planOf(scenario: Scenario, wish: Wish, served: readonly Served[]): readonly Round<Served>[] {
  const competitors = served.filter(({ name }) => scenario.adapters.includes(name));
  const quick = scenario.long === true ? 1 : Math.min(QUICK_ROUNDS, scenario.rounds);
  const count = wish.rounds ?? (wish.quick ? quick : scenario.rounds);
  return rounds(competitors, count, (scenario.warmUp ?? true) && !wish.quick);
}

/** Takes all samples of one scenario, competitors in turn. One that fails is not asked again. */
async function runScenario(bench: Bench, scenario: Scenario, plan: readonly Round<Served>[]): Promise<void> {
  const broken = new Set<Served>();
  for (const { kept, order } of plan) {
    for (const adapter of order.filter((each) => !broken.has(each))) {
      try {
        const sample = await inTime(scenario.sample(bench, adapter));
        if (kept) bench.results.add(scenario.name, adapter.name, sample);
      } catch (error) {
        broken.add(adapter);
        const reason = String(error).split('\n')[0] ?? '';
        bench.results.failures.push({ scenario: scenario.name, adapter: adapter.name, reason });
      }
    }
  }
}

/** Runs what was asked for. */
export async function run(bench: Bench, wish: Wish): Promise<void> {
  const adapters = chosen(ADAPTERS, wish.adapters);
  const scenarios = chosen(SCENARIOS, wish.scenarios).filter(
    ({ onDemand = false }) => !onDemand || wish.scenarios !== undefined,
  );
  const served = await Promise.all(adapters.map((adapter) => serveAdapter(bench.lab, adapter)));
  for (const scenario of scenarios) {
    const started = performance.now();
    await runScenario(bench, scenario, planOf(scenario, wish, served));
    process.stderr.write(`${scenario.name}: ${((performance.now() - started) / 1000).toFixed(0)} s\n`);
  }
}
