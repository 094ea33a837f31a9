// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  collectFrameAnswers,
  collectHostAnswers,
  collectFrameMethods,
  collectHostMethods,
  PROTOCOL_VERSION,
  type CloisterError,
  type ErrorCode,
} from '@cloister/protocol';
import { ELEMENTS, FakeFrame } from '../test-support/fake-frame.js';
import { createFrame } from './create-frame.js';
import { createFrameHost, type FrameHost } from './frame-host.js';
import { openFrame, type OpenFrame } from './open-frame.js';

type Methods = typeof collectFrameMethods;
let host: FrameHost;
let patience: number;
let opened: OpenFrame<Methods>[];
let frames: FakeFrame[];

function open(lost: (error: CloisterError) => void = () => undefined) {
  const frame = openFrame<typeof collectHostMethods, Methods>(host, {
    role: 'collect',
    iframe: createFrame(`${ELEMENTS}/collect.html`, { title: 'Secure input' }),
    parent: document.body,
    fragment: '',
    hostMethods: collectHostMethods,
    frameMethods: collectFrameAnswers,
    handlers: { changed: () => ({}), signal: () => ({}), resized: () => ({}), failed: () => ({}) },
    patience,
    setup: () => Promise.resolve(),
    lost,
  });
  frame.ready.catch(() => undefined);
  opened.push(frame);
  const fake = new FakeFrame(frame.iframe);
  frames.push(fake);
  const answer = () => ({});
  void fake.serve(
    {
      map: collectFrameMethods,
      handlers: {
        setup: () => ({ fields: [] }),
        update: () => new Promise<never>(() => undefined),
        pair: answer,
        focus: answer,
        blur: answer,
        clear: answer,
        validate: () => ({ fields: [] }),
      },
    },
    collectHostAnswers,
  );
  return { frame, fake };
}

const code = (error: ErrorCode): unknown => expect.objectContaining({ code: error });

beforeEach(() => {
  opened = [];
  frames = [];
  host = createFrameHost(ELEMENTS, 10_000);
  patience = 10_000;
});
afterEach(() => {
  for (const frame of opened) frame.close({ code: 'destroyed' } as CloisterError);
  for (const frame of frames) frame.destroy();
  document.body.replaceChildren();
  vi.useRealTimers();
});

describe('the handshake', () => {
  it('A06 answers the frame at the elements origin, and nowhere else, with one port', async () => {
    const { frame, fake } = open();
    fake.say(fake.hello());
    expect((await frame.ready).id).toBe(fake.id);
    expect(fake.addressed).toEqual([ELEMENTS]);
    expect(fake.ports).toBe(1);
  });

  const other = (): Window => {
    const iframe = document.createElement('iframe');
    document.body.append(iframe);
    return iframe.contentWindow ?? window;
  };
  it.each<[string, () => { readonly origin?: string; readonly source?: MessageEventSource | null }]>([
    ['A03 a sibling frame of another origin', () => ({ source: other(), origin: 'https://ads.example' })],
    ['A03 a sibling frame of the elements origin', () => ({ source: other() })],
    ['A04 the page itself', () => ({ source: window, origin: window.origin })],
    ['A05 an opaque document in the frame', () => ({ origin: 'null' })],
    ['A01 a script that dispatches an event', () => ({ source: null })],
    ['A16 an origin that begins like ours', () => ({ origin: `${ELEMENTS}.evil.net` })],
    ['A16 our origin with a port', () => ({ origin: `${ELEMENTS}:8443` })],
    ['A06 plain http', () => ({ origin: 'http://elements.example' })],
    ['A08 a frame that was navigated elsewhere', () => ({ origin: 'https://look-alike.example' })],
  ])('%s is not answered', async (_, from) => {
    host = createFrameHost(ELEMENTS, 200);
    const { frame, fake } = open();
    fake.say(fake.hello(), from());
    await expect(frame.ready).rejects.toEqual(code('timeout'));
    expect(fake.addressed).toEqual([]);
  });

  it.each<[string, Readonly<Record<string, unknown>>, ErrorCode]>([
    ['an old protocol', { protocol: PROTOCOL_VERSION - 1 }, 'version'],
    ['a new protocol with new members', { protocol: PROTOCOL_VERSION + 1, more: true }, 'version'],
    ['a wrong role', { role: 'reveal' }, 'message'],
  ])('A18 %s is refused', async (_, changes, reason) => {
    const { frame, fake } = open();
    fake.say(fake.hello(changes));
    await expect(frame.ready).rejects.toEqual(code(reason));
    expect(fake.ports).toBe(0);
    expect(frame.iframe.isConnected).toBe(false);
  });

  it('A18 a frame of another build than the first is not met: the document of the first is loaded in its place', async () => {
    const first = open();
    first.fake.say(first.fake.hello());
    await first.frame.ready;
    const second = open();
    second.fake.say(second.fake.hello({ build: 'build-two' }));
    expect(second.fake.ports).toBe(0);
    expect(second.frame.iframe.src).toBe(`${ELEMENTS}/b/build-one/collect.html`);
    second.fake.say(second.fake.hello());
    await expect(second.frame.ready).resolves.toMatchObject({ id: second.fake.id });
  });

  it('A18 a frame that stays of another build is refused', async () => {
    const first = open();
    first.fake.say(first.fake.hello());
    await first.frame.ready;
    const second = open();
    for (const build of ['build-two', 'build-two']) second.fake.say(second.fake.hello({ build }));
    await expect(second.frame.ready).rejects.toEqual(code('version'));
    expect(second.fake.ports).toBe(0);
  });

  it.each(['origin', 'unsupported'] as const)('a refusal rejects with its code: %s', async (reason) => {
    const { frame, fake } = open();
    fake.say({ cloister: 'refusal', code: reason });
    await expect(frame.ready).rejects.toEqual(code(reason));
  });

  it.each([null, 7, 'hello', [], { cloister: 'hallo' }, { cloister: 'paired' }, { cloister: 'welcome', frame: 'x' }])(
    'A01 noise is passed over: %j',
    async (data) => {
      const { frame, fake } = open();
      fake.say(data);
      fake.say(fake.hello());
      await expect(frame.ready).resolves.toBeDefined();
    },
  );
});

describe('a frame that was met', () => {
  it('A13 is given up when it greets again, and never met silently', async () => {
    const lost = vi.fn();
    const { frame, fake } = open(lost);
    fake.say(fake.hello());
    const { calls } = await frame.ready;
    fake.say(fake.hello({ frame: 'another-document______' }));
    expect(lost.mock.calls).toEqual([[code('destroyed')]]);
    expect(fake.ports).toBe(1);
    expect(frame.iframe.isConnected).toBe(false);
    await expect(calls.blur({})).rejects.toEqual(code('destroyed'));
  });

  it('A13 is given up when another document loads in its place, which does not greet', async () => {
    const lost = vi.fn();
    const { frame, fake } = open(lost);
    fake.say(fake.hello());
    await frame.ready;
    frame.iframe.dispatchEvent(new Event('load'));
    fake.deafen();
    frame.iframe.dispatchEvent(new Event('load'));
    await vi.waitFor(
      () => {
        expect(lost.mock.calls).toEqual([[code('destroyed')]]);
      },
      { timeout: 4000 },
    );
  });

  it('A20 is kept when the frame loads again and its document is still there', async () => {
    const lost = vi.fn();
    const { frame, fake } = open(lost);
    fake.say(fake.hello());
    const { calls } = await frame.ready;
    for (let load = 0; load < 3; load += 1) frame.iframe.dispatchEvent(new Event('load'));
    await new Promise((resolve) => setTimeout(resolve, 3000));
    await expect(calls.blur({})).resolves.toEqual({});
    expect(lost).not.toHaveBeenCalled();
  });

  it('A13 is given up when it greets again before its first call is answered', async () => {
    const { frame, fake } = open();
    fake.say(fake.hello());
    fake.say(fake.hello({ frame: 'another-document______' }));
    await expect(frame.ready).rejects.toEqual(code('destroyed'));
  });

  it('A18 is kept when its own document repeats its greeting, and is given no second port', async () => {
    const lost = vi.fn();
    const { frame, fake } = open(lost);
    for (let times = 0; times < 3; times += 1) fake.say(fake.hello());
    const { calls } = await frame.ready;
    fake.say(fake.hello());
    await expect(calls.blur({})).resolves.toEqual({});
    expect(fake.ports).toBe(1);
    expect(lost).not.toHaveBeenCalled();
  });

  it('A18 is not disturbed by a replay from another window or origin', async () => {
    const lost = vi.fn();
    const { frame, fake } = open(lost);
    fake.say(fake.hello());
    const { calls } = await frame.ready;
    fake.say(fake.hello(), { origin: 'https://ads.example' });
    fake.say(fake.hello(), { source: window });
    await expect(calls.blur({})).resolves.toEqual({});
    expect(lost).not.toHaveBeenCalled();
  });

  it('is given up when its port closes, as it does when the document goes', async () => {
    const lost = vi.fn();
    const { frame, fake } = open(lost);
    fake.say(fake.hello());
    await frame.ready;
    fake.vanish();
    await vi.waitFor(() => {
      expect(lost.mock.calls).toEqual([[code('destroyed')]]);
    });
  });

  it('does not keep a call waiting for ever', async () => {
    patience = 200;
    const { frame, fake } = open();
    fake.say(fake.hello());
    const { calls } = await frame.ready;
    await expect(calls.update({})).rejects.toEqual(code('timeout'));
  });
});

describe('a frame that does not start', () => {
  const violation = (changes: object): Event =>
    Object.assign(new Event('securitypolicyviolation', { bubbles: true }), {
      blockedURI: `${ELEMENTS}/collect.html`,
      effectiveDirective: 'frame-src',
      disposition: 'enforce',
      originalPolicy: "default-src 'none'",
      ...changes,
    });

  it.each([{}, { blockedURI: ELEMENTS }, { effectiveDirective: 'child-src' }, { effectiveDirective: 'default-src' }])(
    'rejects with csp and the directive to add: %j',
    async (changes) => {
      const { frame } = open();
      document.dispatchEvent(violation(changes));
      await expect(frame.ready).rejects.toMatchObject({ code: 'csp', hint: `frame-src ${ELEMENTS}` });
    },
  );

  it.each([
    { disposition: 'report' },
    { effectiveDirective: 'img-src' },
    { blockedURI: 'https://other.example/collect.html' },
    { blockedURI: `${ELEMENTS}.evil.net/collect.html` },
  ])('is not blamed on a policy that does not concern it: %j', async (changes) => {
    const { frame, fake } = open();
    document.dispatchEvent(violation(changes));
    fake.say(fake.hello());
    await expect(frame.ready).resolves.toBeDefined();
  });

  it('rejects with timeout when nothing comes', async () => {
    host = createFrameHost(ELEMENTS, 200);
    await expect(open().frame.ready).rejects.toEqual(code('timeout'));
  });

  /** Loads the frame and then the diagnosis document, which says `answer`. */
  async function silent(answer: object | undefined) {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    host = createFrameHost(ELEMENTS, 15_000);
    const { frame } = open();
    frame.iframe.dispatchEvent(new Event('load'));
    await vi.advanceTimersByTimeAsync(2500);
    const diagnosis = document.querySelector<HTMLIFrameElement>('iframe[src$="/diagnose.html"]');
    const asked = vi.fn();
    Object.assign(diagnosis?.contentWindow ?? {}, { postMessage: asked });
    diagnosis?.dispatchEvent(new Event('load'));
    if (answer !== undefined)
      window.dispatchEvent(
        new MessageEvent('message', { data: answer, origin: ELEMENTS, source: diagnosis?.contentWindow ?? null }),
      );
    await vi.advanceTimersByTimeAsync(4500);
    expect(asked.mock.calls).toEqual([[{ cloister: 'diagnose' }, ELEMENTS]]);
    expect(document.querySelectorAll('iframe')).toHaveLength(0);
    return frame.ready;
  }

  it.each<[string, object | undefined, ErrorCode]>([
    ['origin when this page is not on the list', { cloister: 'diagnosis', host: 'unlisted' }, 'origin'],
    ['blocked when it is', { cloister: 'diagnosis', host: 'listed' }, 'blocked'],
    ['blocked when nobody answers', undefined, 'blocked'],
  ])('rejects with %s', async (_, answer, reason) => {
    await expect(silent(answer)).rejects.toEqual(code(reason));
  });
});
