import { coordinatorMethods, serve } from '@cloister/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import type { VaultAdapter } from '../vault/vault-adapter.js';
import type { FakeFrame } from './test-support/fake-frame.js';
import { FORM, runCoordinator, type Running, type RunningOptions } from './test-support/running-coordinator.js';

const CARD = { number: '4242424242424242', expiry: '2031-12', cvc: '737' } as const;
const running: Running[] = [];

function start(options?: RunningOptions): Running {
  const one = runCoordinator(options);
  running.push(one);
  return one;
}

/** Three frames with a field each. */
const frameEach = ({ collectFrame }: Running): readonly FakeFrame[] =>
  Object.entries(CARD).map(([field, value]) => collectFrame({ [field]: value }));

const keys = ({ vault }: Running): readonly (string | undefined)[] =>
  vault.requests.map(({ headers }) => headers['idempotency-key']);

afterEach(() => {
  for (const { destroy } of running.splice(0)) destroy();
});

describe('submit', () => {
  it('stores what one frame holds as one record, and answers tokens and disclosed facts', async () => {
    const s = start();
    const answer = await s.submit([s.collectFrame(CARD)]);
    expect(s.vault.records).toEqual([answer]);
    expect(Object.keys(answer.tokens).toSorted()).toEqual(['cvc', 'expiry', 'number']);
    expect(answer.facts).toEqual({ number: { brand: 'visa', last4: '4242' } });
  });

  it('tells its frames that it is stored before it answers, and only then', async () => {
    const s = start();
    const [number, ...others] = frameEach(s);
    if (number === undefined) throw new Error('no frame');
    const type = number.behaviour.values;
    number.type(undefined);
    await expect(s.submit([number, ...others])).rejects.toMatchObject({ code: 'invalid' });
    expect([number, ...others].map(({ stored }) => stored)).toEqual([0, 0, 0]);
    number.type(type);
    await s.submit([number, ...others]);
    expect([number, ...others].map(({ stored }) => stored)).toEqual([1, 1, 1]);
  });

  it('answers how many changes each frame had told the page when it had forgotten, in the order in which they were named', async () => {
    const s = start();
    const frames = frameEach(s);
    for (const [index, frame] of frames.entries()) frame.behaviour.told = 10 + index;
    await s.submit(frames);
    const { told } = await s.coordinator.handlers.submit({
      form: FORM,
      collection: 'cards',
      frames: frames.map(({ id }) => id).toReversed(),
      session: await s.session(),
    });
    expect(told).toEqual([12, 11, 10]);
  });

  it('stores what many frames hold in one request', async () => {
    const s = start();
    await s.submit(frameEach(s));
    expect(s.vault.requests).toHaveLength(1);
    expect(JSON.parse(s.vault.requests[0]?.body ?? '')).toEqual({
      collection: 'cards',
      origin: 'https://shop.example',
      values: CARD,
    });
  });

  it('does not need an optional field, mounted or filled', async () => {
    const s = start();
    const frame = s.collectFrame(CARD);
    frame.join(FORM, 'cards', [...Object.keys(CARD), 'name']);
    expect(Object.keys((await s.submit([frame])).tokens)).not.toContain('name');
  });

  it.each<[string, string, (s: Running) => readonly FakeFrame[]]>([
    [
      'unpaired',
      'a frame that has left',
      (s) => frameEach(s).map((frame, index) => (index === 1 ? gone(s, frame) : frame)),
    ],
    ['unpaired', 'a frame of another form', (s) => [...frameEach(s), s.collectFrame({ name: 'Ann' }, 'o'.repeat(22))]],
    ['unpaired', 'a reveal frame', (s) => [s.collectFrame(CARD), s.revealFrame()]],
    ['unpaired', 'a frame that does not answer', (s) => frameEach(s).map(muted)],
    ['collection', 'a frame of another collection', (s) => [s.collectFrame(CARD), joinedTo(s, 'notes', 'note')]],
    ['field', 'the same field in two frames', (s) => [s.collectFrame(CARD), s.collectFrame({ cvc: '111' })]],
    ['field', 'the same frame twice', (s) => twice(s.collectFrame(CARD))],
    ['field', 'a field that is not configured', (s) => [s.collectFrame({ ...CARD, toString: 'x' })]],
    ['invalid', 'a required field that is nowhere', (s) => frameEach(s).slice(0, 2)],
    ['invalid', 'a frame whose values are not valid', (s) => frameEach(s).map(emptied)],
    ['invalid', 'a required field that came without a value', (s) => frameEach(s).map(without)],
    ['internal', 'a value that its frame did not join with', (s) => [s.collectFrame(CARD)].map(smuggled)],
  ])('refuses with %s: %s', async (code, _, make) => {
    const s = start();
    await expect(s.submit(make(s))).rejects.toMatchObject({ code });
    expect(s.vault.requests).toEqual([]);
  });

  it('refuses a collection that is not configured, inherited names included', async () => {
    const { coordinator } = start();
    for (const collection of ['nothing', 'toString', 'valueOf']) {
      const params = { form: FORM, collection, frames: ['f'.repeat(22)], session: 's'.repeat(20) };
      await expect(coordinator.handlers.submit(params)).rejects.toMatchObject({ code: 'collection' });
    }
  });

  it('wants a session when its vault does', () => {
    const { coordinator } = start();
    const params = { form: FORM, collection: 'cards', frames: ['f'.repeat(22)] };
    expect(() => coordinator.handlers.submit(params)).toThrow(expect.objectContaining({ code: 'session' }));
  });

  it('lets a form submit once at a time, and again when it is over', async () => {
    const s = start();
    const frame = s.collectFrame(CARD);
    const [one, other] = await Promise.allSettled([s.submit([frame]), s.submit([frame])]);
    expect(one.status).toBe('fulfilled');
    expect(other).toMatchObject({ status: 'rejected', reason: { code: 'busy' } });
    await expect(s.submit([frame])).resolves.toBeDefined();
  });

  it('passes on no fact that the configuration does not name, whatever the vault says', async () => {
    const chatty: VaultAdapter = {
      id: 'chatty',
      api: 1,
      capabilities: { session: true, reveal: false, idempotency: true, atomicBatch: true },
      csp: { connectSrc: [] },
      open: () => ({
        collect: () =>
          Promise.resolve({
            ok: true,
            value: {
              record: crypto.randomUUID(),
              tokens: {},
              facts: {
                number: { brand: 'visa', last4: '4242', bin: '42424242' },
                cvc: { last4: '0737' },
                toString: {},
              },
            },
          }),
        reveal: () => Promise.resolve({ ok: false, code: 'forbidden' }),
      }),
    };
    const s = start({ adapter: chatty });
    const { facts } = await s.submit([s.collectFrame(CARD)]);
    expect(facts).toEqual({ number: { brand: 'visa', last4: '4242' } });
  });
});

describe('A81 what was submitted once is stored once', () => {
  it('a retry after a lost answer carries the same key and finds the record', async () => {
    const s = start();
    const frames = frameEach(s);
    s.vault.lose = 1;
    await expect(s.submit(frames)).rejects.toMatchObject({ code: 'offline' });
    const answer = await s.submit(frames.toReversed());
    expect(s.vault.records).toEqual([answer]);
    expect(new Set(keys(s)).size).toBe(1);
    expect(new Set(s.vault.requests.map(({ body }) => body)).size).toBe(1);
  });

  it('a retry after an edit is another submit', async () => {
    const s = start();
    const frames = frameEach(s);
    s.vault.lose = 1;
    await expect(s.submit(frames)).rejects.toMatchObject({ code: 'offline' });
    frames[2]?.type({ cvc: '999' });
    await s.submit(frames);
    expect(new Set(keys(s)).size).toBe(2);
  });

  it('a submit after a success is another submit', async () => {
    const s = start();
    const frame = s.collectFrame(CARD);
    const [one, other] = [await s.submit([frame]), await s.submit([frame])];
    expect(one.record).not.toBe(other.record);
    expect(new Set(keys(s)).size).toBe(2);
  });

  it('a refused session in between does not make anybody forget the key', async () => {
    const s = start();
    const frame = s.collectFrame(CARD);
    s.vault.lose = 1;
    await expect(s.submit([frame])).rejects.toMatchObject({ code: 'offline' });
    const forged = { form: FORM, collection: 'cards', frames: [frame.id], session: 'cls_expired-long-ago' };
    await expect(s.coordinator.handlers.submit(forged)).rejects.toMatchObject({ code: 'unauthorized' });
    await s.submit([frame]);
    expect(s.vault.records).toHaveLength(1);
  });
});

describe('canary: what the page hears of a submit', () => {
  it('A15 holds no value, in success and in every failure', async () => {
    const s = start();
    const wire = serve(coordinatorMethods, s.coordinator.handlers);
    const frame = s.collectFrame(CARD);
    const heard: unknown[] = [];
    const ask = async (): Promise<void> => {
      const session = await s.session();
      heard.push(await wire['submit']?.({ form: FORM, collection: 'cards', frames: [frame.id], session }));
    };
    await s.submit([frame]);
    await ask();
    s.vault.lose = 1;
    await ask();
    frame.type(undefined);
    await ask();
    frame.type({ ...CARD, name: CARD.number });
    await ask();
    s.leave(frame);
    await ask();
    expect(heard.map((reply) => codeOf(reply))).toEqual([undefined, 'offline', 'invalid', 'internal', 'unpaired']);
    const text = JSON.stringify(heard);
    for (const canary of [CARD.number, CARD.number.slice(0, 8), CARD.expiry, CARD.cvc]) {
      expect(JSON.stringify(s.vault.requests)).toContain(canary);
      expect(text).not.toContain(`"${canary}`);
    }
  });
});

const codeOf = (reply: unknown): unknown =>
  typeof reply === 'object' && reply !== null && 'code' in reply ? reply.code : undefined;

const twice = (frame: FakeFrame): readonly FakeFrame[] => [frame, frame];

function gone({ leave }: Running, frame: FakeFrame): FakeFrame {
  leave(frame);
  return frame;
}

function joinedTo({ collectFrame }: Running, collection: string, field: string): FakeFrame {
  const frame = collectFrame({ [field]: 'x' });
  frame.join(FORM, collection, [field]);
  return frame;
}

function muted(frame: FakeFrame): FakeFrame {
  frame.behaviour.mute = true;
  return frame;
}

function emptied(frame: FakeFrame): FakeFrame {
  frame.behaviour.values = undefined;
  return frame;
}

function without(frame: FakeFrame): FakeFrame {
  frame.behaviour.values = {};
  return frame;
}

function smuggled(frame: FakeFrame): FakeFrame {
  frame.behaviour.values = { ...frame.behaviour.values, name: 'not joined' };
  return frame;
}
