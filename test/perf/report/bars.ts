/** A figure of an adapter. */
export interface Place {
  readonly scenario: string;
  readonly figure: string;
  readonly adapter: string;
}

/** What a figure of ours is held against, and how far from it it may be. */
export interface Bar {
  readonly what: string;
  readonly ours: Place;
  /** Another adapter, or another figure, in the same run; nothing where the bar is a plain number. */
  readonly floor?: Place;
  /** Times the floor, or the plain number. */
  readonly most: number;
  /** And not more than so much above the floor. */
  readonly above?: number;
}

type Mode = 'frame' | 'frames' | 'markup';
type Rule = Omit<Bar, 'what' | 'ours'>;

const cloister = (scenario: string, figure: string, mode: Mode = 'frame'): Place => ({
  scenario,
  figure,
  adapter: `cloister-${mode}`,
});
const floor = (scenario: string, figure: string, mode: Mode = 'frame'): Place => ({
  scenario,
  figure,
  adapter: `floor-${mode}`,
});

/** Ours against the same figure of the matching floor. */
const beside = (what: string, [scenario, figure, mode]: readonly [string, string, Mode?], rule: Rule): Bar => ({
  what,
  ours: cloister(scenario, figure, mode),
  floor: floor(scenario, figure, mode),
  ...rule,
});

/** Ours against the floor that asks for a process of its own origin, too: what is left when that guard costs both the same. */
const besideKeyed = (
  what: string,
  [scenario, figure, mode = 'frame']: readonly [string, string, Mode?],
  rule: Rule,
): Bar => ({
  what: `${what}: beside a floor with a process of its own origin`,
  ours: cloister(scenario, figure, mode),
  floor: { scenario, figure, adapter: `floor-keyed-${mode}` },
  ...rule,
});

/** Ours against a number. */
const plain = (what: string, [scenario, figure, mode]: readonly [string, string, Mode?], most: number): Bar => ({
  what,
  ours: cloister(scenario, figure, mode),
  most,
});

/** The bars, in the order in which a shopper meets what they are about. */
export const BARS: readonly Bar[] = [
  beside('4 fields in 4 frames ready, cold, ms', ['ready', 'cold', 'frames'], { most: 1.25 }),
  beside('4 fields in 4 frames ready, warm, ms', ['ready', 'warm', 'frames'], { most: 1.25 }),
  besideKeyed('4 in 4, cold, ms', ['ready', 'cold', 'frames'], { most: 1.25 }),
  besideKeyed('4 in 4, warm, ms', ['ready', 'warm', 'frames'], { most: 1.25 }),
  beside('4 fields in one frame ready, cold, ms', ['ready', 'cold'], { most: 1.3 }),
  beside('4 fields in one frame ready, warm, ms', ['ready', 'warm'], { most: 1.3 }),
  besideKeyed('4 in one, cold, ms', ['ready', 'cold'], { most: 1.3 }),
  besideKeyed('4 in one, warm, ms', ['ready', 'warm'], { most: 1.3 }),
  beside('navigation to ready, the SDK makes the frame, ms', ['navigation', 'ready'], { most: 1.1 }),
  beside('navigation to ready, frame in the markup, ms', ['navigation', 'ready', 'markup'], { most: 1.1 }),
  besideKeyed('navigation, by the SDK, ms', ['navigation', 'ready'], { most: 1.1 }),
  besideKeyed('navigation, in the markup, ms', ['navigation', 'ready', 'markup'], { most: 1.1 }),
  plain('host-side script until mounted, ms', ['host', 'script'], 8),
  plain('requests, cold', ['requests', 'cold'], 3),
  plain('requests, warm', ['requests', 'warm'], 1),
  beside('submit, first, ms', ['submit', 'first'], { most: 1.25, above: 3 }),
  beside('submit, again, ms', ['submit', 'again'], { most: 1.25, above: 3 }),
  beside('script per key in the field, ms', ['keys', 'script'], { most: 2 }),
  beside('key to host’s change event, ms', ['keys', 'change'], { most: 1.25 }),
  beside('host work per key, ms', ['keys', 'page work'], { most: 1 }),
  beside('reveal of 4 values, painted, ms', ['reveal-4', 'painted'], { most: 1.25 }),
  beside('reveal of 40 values, painted, ms', ['reveal-40', 'painted'], { most: 1.25 }),
  {
    what: '64 fields in one frame against 4, ms',
    ours: cloister('scale-64', 'cold'),
    floor: cloister('scale-4', 'cold'),
    most: 1.5,
  },
  beside('64 fields in 64 frames, ms', ['scale-64', 'cold', 'frames'], { most: 1.15 }),
  beside('JS heap, host and frames, 4 fields, kB', ['memory-4', 'heap'], { most: 1.5 }),
  beside('JS heap, host and frames, 40 fields, kB', ['memory-40', 'heap'], { most: 1.5 }),
  plain('frames left by 100 mounts', ['leak', 'frames'], 0),
  plain('listeners left by 100 mounts', ['leak', 'listeners'], 0),
  plain('nodes left by 100 mounts', ['leak', 'nodes'], 0),
  plain('heap left by 100 mounts, kB', ['leak', 'heap'], 50),
  plain('bytes of the page’s SDK, gzip, kB', ['weight', 'page, gzip'], 8),
  plain('bytes of the first frame, gzip, kB', ['weight', 'first frame, gzip'], 14),
  plain('bytes of each further frame, gzip, kB', ['weight', 'each further frame, gzip', 'frames'], 0),
];
