import { afterEach, describe, expect, it } from 'vitest';
import { acceptPairing, type PairedFrame, type PairingEvent, type PairingWindow } from './accept-pairing.js';

const OWN = 'https://elements.shop.example';
const COORDINATOR = 'C'.repeat(22);
const FRAME = 'F'.repeat(22);

interface Posted {
  readonly message: unknown;
  readonly targetOrigin: string;
  readonly transfer: readonly unknown[];
}

/** A window as the coordinator sees it: where it hangs, whether it lives, and what was posted to it. */
class FakeWindow {
  readonly posted: Posted[] = [];
  readonly parent: unknown;
  closed = false;

  constructor(parent: unknown) {
    this.parent = parent;
  }

  postMessage(message: unknown, targetOrigin: string, transfer: readonly unknown[]): void {
    this.posted.push({ message, targetOrigin, transfer });
  }
}

class FakeOwnWindow extends FakeWindow implements PairingWindow {
  origin = OWN;
  readonly listeners = new Set<(event: PairingEvent) => void>();

  addEventListener(_: 'message', listener: (event: PairingEvent) => void): void {
    this.listeners.add(listener);
  }

  removeEventListener(_: 'message', listener: (event: PairingEvent) => void): void {
    this.listeners.delete(listener);
  }

  receive(event: PairingEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}

const ports: MessagePort[] = [];

function setting() {
  const page = new FakeWindow(null);
  const own = new FakeOwnWindow(page);
  const accepted: PairedFrame[] = [];
  const left: string[] = [];
  const stop = acceptPairing({
    window: own,
    coordinator: COORDINATOR,
    origin: OWN,
    accept: (frame) => {
      accepted.push(frame);
      ports.push(frame.port);
      return () => left.push(frame.id);
    },
  });
  const ask = (source: FakeWindow, frame = FRAME): void => {
    own.receive({ origin: OWN, source, data: request({ frame }) });
    for (const { transfer } of source.posted) {
      for (const port of transfer) if (port instanceof MessagePort) ports.push(port);
    }
  };
  return { page, own, accepted, left, stop, ask, sibling: () => new FakeWindow(page) };
}

const request = (change: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> => ({
  cloister: 'pair',
  coordinator: COORDINATOR,
  frame: FRAME,
  role: 'collect',
  ...change,
});
const id = (index: number): string => String(index).padStart(22, '0');

afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

describe('accept pairing', () => {
  it('gives a frame beside it one end of a channel, addressed to our own origin', () => {
    const { accepted, ask, sibling } = setting();
    const frame = sibling();
    ask(frame);
    expect(accepted).toMatchObject([{ id: FRAME, role: 'collect' }]);
    expect(frame.posted).toHaveLength(1);
    expect(frame.posted[0]).toMatchObject({
      message: { cloister: 'paired', coordinator: COORDINATOR, frame: FRAME },
      targetOrigin: OWN,
    });
    expect(frame.posted[0]?.transfer).toHaveLength(1);
  });

  it.each<[string, (s: ReturnType<typeof setting>) => PairingEvent]>([
    ['A02 a sibling of another origin', (s) => from(s.sibling(), 'https://ads.example')],
    ['A01 the page', (s) => from(s.page, 'https://shop.example')],
    ['A01 the page, were it of our own origin', (s) => from(s.page, OWN)],
    ['A05 an opaque origin', (s) => from(s.sibling(), 'null')],
    ['A06 an origin that only begins like ours', (s) => from(s.sibling(), `${OWN}.evil.example`)],
    ['A06 an empty origin', (s) => from(s.sibling(), '')],
    ['A04 a popup of our own origin', () => from(new FakeWindow(null), OWN)],
    ['A10 a frame of our own origin under another parent', () => from(new FakeWindow(new FakeWindow(null)), OWN)],
    ['A02 itself', (s) => from(s.own, OWN)],
    ['A02 no window at all (a port or a worker)', () => ({ origin: OWN, source: null, data: request() })],
    ['A10 a frame that asks for another coordinator', (s) => from(s.sibling(), OWN, { coordinator: id(1) })],
    ['A01 a role that is not paired', (s) => from(s.sibling(), OWN, { role: 'coordinator' })],
    ['A01 a malformed frame id', (s) => from(s.sibling(), OWN, { frame: 'short' })],
    ['A01 an unknown key', (s) => from(s.sibling(), OWN, { values: {} })],
  ])('does not answer %s', (_, make) => {
    const s = setting();
    const event = make(s);
    s.own.receive(event);
    expect(s.accepted).toEqual([]);
    expect(event.source instanceof FakeWindow ? event.source.posted : []).toEqual([]);
  });

  it('A05 answers nobody when its own document is not where the configuration says', () => {
    const { own, accepted, ask, sibling } = setting();
    own.origin = 'null';
    ask(sibling());
    expect(accepted).toEqual([]);
  });

  it('A09 never posts anything to the page, so no port is ever in its hands', () => {
    const { page, ask, sibling, stop } = setting();
    for (let index = 0; index < 5; index += 1) ask(sibling(), id(index));
    stop();
    expect(page.posted).toEqual([]);
  });

  it('A10 does not let another window take the place of a paired frame', () => {
    const { accepted, left, ask, sibling } = setting();
    ask(sibling());
    const thief = sibling();
    ask(thief);
    expect(accepted).toHaveLength(1);
    expect(thief.posted).toEqual([]);
    expect(left).toEqual([]);
  });

  it('replaces the pair when the same frame asks again', () => {
    const { accepted, left, ask, sibling } = setting();
    const frame = sibling();
    ask(frame);
    ask(frame);
    expect(accepted).toHaveLength(2);
    expect(left).toEqual([FRAME]);
  });

  it('A13 lets go of a document when its window shows another', () => {
    const { accepted, left, ask, sibling } = setting();
    const frame = sibling();
    ask(frame, id(1));
    ask(frame, id(2));
    expect(accepted.map((paired) => paired.id)).toEqual([id(1), id(2)]);
    expect(left).toEqual([id(1)]);
  });

  it('A44 serves two hundred frames and no more, until some are gone', () => {
    const { accepted, left, ask, sibling } = setting();
    const frames = Array.from({ length: 201 }, sibling);
    for (const [index, frame] of frames.entries()) ask(frame, id(index));
    expect(accepted).toHaveLength(200);
    for (const frame of frames.slice(0, 3)) frame.closed = true;
    const late = sibling();
    ask(late, id(500));
    expect(left).toEqual([id(0), id(1), id(2)]);
    expect(late.posted).toHaveLength(1);
  });

  it('lets go of everything when it is torn down, and hears no more', () => {
    const { own, accepted, left, ask, sibling, stop } = setting();
    ask(sibling(), id(1));
    ask(sibling(), id(2));
    stop();
    expect(left).toEqual([id(1), id(2)]);
    expect(own.listeners.size).toBe(0);
    ask(sibling(), id(3));
    expect(accepted).toHaveLength(2);
  });
});

function from(source: FakeWindow, origin: string, change: Readonly<Record<string, unknown>> = {}): PairingEvent {
  return { origin, source, data: request(change) };
}
