import { coordinatorMethods, serve } from '@cloister/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import type { VaultAdapter } from '../vault/vault-adapter.js';
import { runCoordinator, type Running, type RunningOptions } from './test-support/running-coordinator.js';

const CARD = { number: '4242424242424242', expiry: '2031-12', cvc: '737' } as const;
const running: Running[] = [];

interface Stored extends Running {
  readonly token: (field: keyof typeof CARD) => string;
  readonly reveal: (items: readonly (readonly [frame: string, slot: string, token: string])[]) => Promise<unknown>;
}

/** A coordinator whose vault holds one card. */
async function start(options?: RunningOptions): Promise<Stored> {
  const one = runCoordinator(options);
  running.push(one);
  const { tokens } = await one.submit([one.collectFrame(CARD)]);
  return {
    ...one,
    token: (field) => tokens[field] ?? '',
    reveal: async (items) =>
      one.coordinator.handlers.reveal({
        session: await one.session(),
        items: items.map(([frame, slot, token]) => ({ frame, slot, token })),
      }),
  };
}

afterEach(() => {
  for (const { destroy } of running.splice(0)) destroy();
});

describe('reveal', () => {
  it('hands each frame its own values, and the page a line without a code for each', async () => {
    const s = await start();
    const [one, other] = [s.revealFrame(), s.revealFrame()];
    const answer = await s.reveal([
      [one.id, 'pan', s.token('number')],
      [other.id, 'date', s.token('expiry')],
    ]);
    expect(answer).toEqual({ items: [{ slot: 'pan' }, { slot: 'date' }] });
    expect(one.shown).toMatchObject([{ slot: 'pan', text: '•••• 4242' }]);
    expect(other.shown).toEqual([{ slot: 'date', text: '12/31', value: '2031-12' }]);
  });

  it('is one request for forty tokens, and one message for each frame', async () => {
    const s = await start();
    const all: string[] = [];
    const form = s.collectFrame(CARD);
    while (all.length < 40) all.push(...Object.values((await s.submit([form])).tokens));
    all.length = 40;
    const [one, other] = [s.revealFrame(), s.revealFrame()];
    const before = s.vault.requests.length;
    await s.reveal(all.map((token, at) => [at % 2 === 0 ? one.id : other.id, `slot-${String(at)}`, token] as const));
    expect(s.vault.requests).toHaveLength(before + 1);
    expect([one.shown.length, other.shown.length]).toEqual([20, 20]);
    expect([one.messages, other.messages]).toEqual([1, 1]);
  });

  it('asks for a token once, however many frames show it', async () => {
    const s = await start();
    const [one, other] = [s.revealFrame(), s.revealFrame()];
    const items = [one, one, other].map(({ id }, index) => [id, `slot-${String(index)}`, s.token('expiry')] as const);
    await s.reveal(items);
    const asked = { origin: 'https://shop.example', tokens: [s.token('expiry')] };
    expect(JSON.parse(s.vault.requests.at(-1)?.body ?? '{}')).toEqual(asked);
    expect([...one.shown, ...other.shown].map(({ slot }) => slot)).toEqual(['slot-0', 'slot-1', 'slot-2']);
  });

  it('tells by slot what could not be shown: unknown, hidden, unanswered and unpaired', async () => {
    const s = await start();
    const [frame, mute] = [s.revealFrame(), s.revealFrame()];
    frame.behaviour.hidden.add('covered');
    mute.behaviour.mute = true;
    const answer = await s.reveal([
      [frame.id, 'unknown', crypto.randomUUID()],
      [frame.id, 'covered', s.token('number')],
      [frame.id, 'fine', s.token('expiry')],
      [mute.id, 'mute', s.token('number')],
      ['nobody'.padEnd(22, '-'), 'nobody', s.token('number')],
    ]);
    expect(answer).toEqual({
      items: [
        { slot: 'unknown', code: 'not-found' },
        { slot: 'covered', code: 'hidden' },
        { slot: 'fine' },
        { slot: 'mute', code: 'unpaired' },
        { slot: 'nobody', code: 'unpaired' },
      ],
    });
    // Its frame is told too: it must say so on screen, and give up an older value.
    expect(frame.shown).toContainEqual({ slot: 'unknown' });
  });

  it('A09 never shows in a collect frame, and asks the vault for nothing that no frame can show', async () => {
    const s = await start();
    const before = s.vault.requests.length;
    const collect = s.collectFrame(CARD);
    expect(await s.reveal([[collect.id, 'pan', s.token('number')]])).toEqual({
      items: [{ slot: 'pan', code: 'unpaired' }],
    });
    expect(collect.shown).toEqual([]);
    expect(s.vault.requests).toHaveLength(before);
  });

  it('refuses one slot for two tokens', async () => {
    const s = await start();
    const frame = s.revealFrame();
    const items = [s.token('number'), s.token('expiry')].map((token) => [frame.id, 'pan', token] as const);
    await expect(s.reveal(items)).rejects.toMatchObject({ code: 'message' });
    expect(frame.shown).toEqual([]);
  });

  it('fails as a whole, with a code, when the vault does', async () => {
    const s = await start();
    const frame = s.revealFrame();
    s.vault.lose = 1;
    await expect(s.reveal([[frame.id, 'pan', s.token('number')]])).rejects.toMatchObject({ code: 'offline' });
    expect(frame.shown).toEqual([]);
  });

  it('is forbidden where the vault cannot do it', async () => {
    const blind: VaultAdapter = {
      id: 'blind',
      api: 1,
      capabilities: { session: false, reveal: false, idempotency: false, atomicBatch: true },
      csp: { connectSrc: [] },
      open: () => ({
        collect: () => Promise.resolve({ ok: false, code: 'unavailable' }),
        reveal: () => Promise.reject(new Error('must not be asked')),
      }),
    };
    const one = runCoordinator({ adapter: blind });
    running.push(one);
    const items = [{ frame: one.revealFrame().id, slot: 'pan', token: crypto.randomUUID() }];
    expect(() => one.coordinator.handlers.reveal({ items })).toThrow(expect.objectContaining({ code: 'forbidden' }));
  });

  it('A15 canary: the page hears no value, redacted or not, whatever happens', async () => {
    const s = await start();
    const wire = serve(coordinatorMethods, s.coordinator.handlers);
    const frame = s.revealFrame();
    const ask = async (slot: string, session: string | undefined): Promise<unknown> =>
      wire['reveal']?.({ session, items: [{ frame: frame.id, slot, token: s.token('expiry') }] });
    const heard = [
      await ask('one', await s.session()),
      await ask('two', 'cls_forged-forged-forged'),
      await ask('three', undefined),
    ];
    s.leave(frame);
    heard.push(await ask('four', await s.session()));
    expect(heard).toEqual([
      { ok: true, result: { items: [{ slot: 'one' }] } },
      { ok: false, code: 'unauthorized' },
      { ok: false, code: 'session' },
      { ok: true, result: { items: [{ slot: 'four', code: 'unpaired' }] } },
    ]);
    expect(JSON.stringify(frame.shown)).toContain('2031-12');
    expect(JSON.stringify(heard)).not.toContain('2031-12');
    expect(JSON.stringify(heard)).not.toContain('12/31');
  });
});
