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

const place = (scenario: string, figure: string, adapter: string): Place => ({ scenario, figure, adapter });

const bar = (
  what: string,
  most: number,
  places: { readonly ours: Place; readonly floor?: Place; readonly above?: number },
): Bar => ({ what, most, ...places });

const beside = (
  scenario: string,
  figure: string,
  mode: 'frame' | 'frames' | 'markup',
): { readonly ours: Place; readonly floor: Place } => ({
  ours: place(scenario, figure, `cloister-${mode}`),
  floor: place(scenario, figure, `floor-${mode}`),
});

/** The bars, in the order in which a shopper meets what they are about. */
export const BARS: readonly Bar[] = [
  bar('4 fields in 4 frames ready, cold', 1.25, beside('ready', 'cold', 'frames')),
  bar('4 fields in 4 frames ready, warm', 1.25, beside('ready', 'warm', 'frames')),
  bar('4 fields in one frame ready, cold', 1.3, beside('ready', 'cold', 'frame')),
  bar('4 fields in one frame ready, warm', 1.3, beside('ready', 'warm', 'frame')),
  bar('navigation to ready, the SDK makes the frame', 1.1, beside('navigation', 'ready', 'frame')),
  bar('navigation to ready, frame in the markup', 1.1, beside('navigation', 'ready', 'markup')),
  bar('host-side script until mounted, ms', 8, { ours: place('host', 'script', 'cloister-frame') }),
];
