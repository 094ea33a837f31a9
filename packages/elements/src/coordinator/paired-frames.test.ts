import { afterEach, describe, expect, it } from 'vitest';
import { pairedFrames } from './paired-frames.js';
import { FakeFrame } from './test-support/fake-frame.js';

const FORM = 'form'.padEnd(22, '-');
const ELSEWHERE = 'elsewhere'.padEnd(22, '-');
const open: FakeFrame[] = [];

function setting() {
  const frames = pairedFrames(() => () => undefined);
  const join = (id: string, field: string, form = FORM) => {
    const frame = new FakeFrame(id.padEnd(22, '-'));
    open.push(frame);
    const leave = frames.accept(frame.paired);
    frame.join(form, 'cards', [field]);
    return { frame, leave };
  };
  return { frames, join };
}

/** Long enough for messages that are under way, and for those that should not be. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));

afterEach(() => {
  for (const frame of open.splice(0)) frame.close();
});

describe('the brand of a form’s number', () => {
  it('reaches the other frames of its form only', async () => {
    const { join } = setting();
    const [number, cvc, other] = [join('number', 'number'), join('cvc', 'cvc'), join('other', 'cvc', ELSEWHERE)];
    await settle();
    number.frame.say({ type: 'brand', brand: 'amex' });
    await settle();
    expect(cvc.frame.brands).toEqual(['amex']);
    expect(number.frame.brands).toEqual([]);
    expect(other.frame.brands).toEqual([]);
  });

  it('reaches a frame that joins later', async () => {
    const { join } = setting();
    const number = join('number', 'number');
    number.frame.say({ type: 'brand', brand: 'amex' });
    await settle();
    const late = join('late', 'cvc');
    await settle();
    expect(late.frame.brands).toEqual(['amex']);
  });

  it('is gone when the frame with the number is', async () => {
    const { join } = setting();
    const [number, cvc] = [join('number', 'number'), join('cvc', 'cvc')];
    await settle();
    number.frame.say({ type: 'brand', brand: 'amex' });
    await settle();
    number.leave();
    await settle();
    expect(cvc.frame.brands).toEqual(['amex', undefined]);
    const late = join('late', 'cvc');
    await settle();
    expect(late.frame.brands).toEqual([]);
  });

  it('is not heard from a frame that did not join', async () => {
    const { frames, join } = setting();
    const cvc = join('cvc', 'cvc');
    const stranger = new FakeFrame('stranger'.padEnd(22, '-'));
    open.push(stranger);
    frames.accept(stranger.paired);
    stranger.say({ type: 'brand', brand: 'visa' });
    await settle();
    expect(cvc.frame.brands).toEqual([]);
  });
});

describe('a frame that leaves', () => {
  it('is no longer found, and whoever waits for its values hears at once that nothing comes', async () => {
    const { frames, join } = setting();
    const { frame, leave } = join('number', 'number');
    frame.behaviour.mute = true;
    const waiting = frames.get(frame.id)?.gather();
    leave();
    expect(await waiting).toBeUndefined();
    expect(frames.get(frame.id)).toBeUndefined();
  });

  it('does not take away the pair that replaced it', () => {
    const { frames, join } = setting();
    const before = join('number', 'number');
    const after = join('number', 'number');
    before.leave();
    expect(frames.get(after.frame.id)).toBeDefined();
  });

  it('A01 cannot answer a question that was not asked, or twice', async () => {
    const { frames, join } = setting();
    const { frame } = join('number', 'number');
    frame.behaviour.values = { number: 'asked' };
    frame.say({ type: 'gathered', request: 2, revision: 1, values: { number: 'early' } });
    await settle();
    const link = frames.get(frame.id);
    expect((await link?.gather())?.values?.get('number')?.expose()).toBe('asked');
    frame.say({ type: 'gathered', request: 1, revision: 1, values: { number: 'late' } });
    expect((await link?.gather())?.values?.get('number')?.expose()).toBe('asked');
  });
});
