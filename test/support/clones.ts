/** One thing that structured clone carries and JSON does not; some go by transfer only. */
interface Clone {
  readonly title: string;
  readonly value: unknown;
  readonly transfer?: readonly Transferable[];
}

declare global {
  interface Window {
    /** Made anew at each call: what was transferred is gone. */
    clones(): Promise<readonly Clone[]>;
    /** Everything that came over ports that the page made. */
    overPorts: string[];
  }
}

/** Runs in the page: everything that a browser can post. And it writes down what comes back. */
export function addClones(): void {
  window.overPorts = [];
  window.MessageChannel = new Proxy(MessageChannel, {
    construct: (target) => {
      const channel = new target();
      channel.port1.addEventListener('message', ({ data }) => window.overPorts.push(JSON.stringify(data)));
      return channel;
    },
  });
  const deep = (levels: number): object => {
    let nested: object = {};
    for (let level = 0; level < levels; level += 1) nested = { nested };
    return nested;
  };
  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;
  const holes = new Array<number>(1500);
  const named = Object.assign([1], { label: 'x'.repeat(100_000) });
  window.clones = async () => {
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt']);
    const { port1 } = new MessageChannel();
    const stream = new ReadableStream();
    const bytes = new ArrayBuffer(64);
    const plain: Readonly<Record<string, unknown>> = {
      RegExp: /[a-z]/gu,
      Date: new Date(Number.NaN),
      Map: new Map<unknown, unknown>([[{}, cyclic]]),
      Set: new Set([/a/u]),
      Blob: new Blob(['x']),
      File: new File(['x'], '__proto__'),
      ImageData: new ImageData(2, 2),
      DOMRect: new DOMRect(1, 2, 3, 4),
      ArrayBuffer: new ArrayBuffer(8),
      'typed array': new Float64Array([Number.NaN, -0]),
      DataView: new DataView(new ArrayBuffer(4)),
      CryptoKey: key,
      Error: new RangeError('x', { cause: cyclic }),
      DOMException: new DOMException('x', 'AbortError'),
      'boxed text': Object('x'),
      'boxed number': Object(1),
      bigint: 2n ** 64n,
      'minus zero': -0,
      NaN: Number.NaN,
      Infinity: Number.POSITIVE_INFINITY,
      'lone surrogate': '\ud800',
      'all of Unicode’s ends': '\u0000\uffff\ufeff\u202e\u2028',
      'a sparse array': holes,
      'an array with a name': named,
      'something deep': deep(2000),
      'something cyclic': cyclic,
      'poisoned keys': JSON.parse(
        '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":1,"then":1,"length":-1}',
      ) as unknown,
      null: null,
      undefined: undefined,
      '': '',
    };
    return [
      ...Object.entries(plain).map(([title, value]) => ({ title, value })),
      { title: 'a port', value: port1, transfer: [port1] },
      { title: 'a stream', value: stream, transfer: [stream] },
      { title: 'transferred bytes', value: bytes, transfer: [bytes] },
    ];
  };
}

/** Runs in the page: envelopes that were right, changed at random, by a seed. */
export function postMutants({ seed, count }: { readonly seed: number; readonly count: number }): void {
  let state = seed;
  // Mulberry32: any generator will do that is the same everywhere.
  const random = (below: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  const words = [
    'update',
    'setup',
    'pair',
    'focus',
    'blur',
    'clear',
    'validate',
    'toString',
    '__proto__',
    'gather',
    '',
  ];
  const odd: readonly unknown[] = [
    null,
    undefined,
    0,
    -1,
    1e308,
    '',
    '__proto__',
    [],
    {},
    [[]],
    true,
    'x'.repeat(300),
    /a/u,
  ];
  const envelope = (): Record<string, unknown> => ({
    namespace: 'penpal',
    channel: undefined,
    type: pick(['CALL', 'CALL', 'CALL', 'REPLY', 'SYN', 'ACK1', 'ACK2', 'CALL2', '']),
    id: String(random(1e6)),
    callId: String(random(1e6)),
    participantId: pick(['', 'z', null]),
    methodPaths: [[pick(words)]],
    methodPath: [pick(words)],
    isError: false,
    args: [{ texts: { number: { label: String(random(100)) } } }],
    value: { ok: true, result: {} },
  });
  const mutate = (target: Record<string, unknown>, depth: number): void => {
    const name = pick(Object.keys(target));
    const part = target[name];
    if (depth > 0 && typeof part === 'object' && part !== null && Object.keys(part).length > 0 && random(2) === 0)
      mutate(part as Record<string, unknown>, depth - 1);
    else if (random(4) === 0) Reflect.deleteProperty(target, name);
    else target[random(4) === 0 ? pick(words) || 'x' : name] = pick(odd);
  };
  for (let sent = 0; sent < count; sent += 1) {
    const message = envelope();
    for (let changes = random(4); changes >= 0 && Object.keys(message).length > 0; changes -= 1) mutate(message, 5);
    window.raw.send(message);
  }
}
