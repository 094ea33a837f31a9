// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCloister, type Cloister } from '../cloister.js';
import { FakeElements, SESSION } from '../test-support/fake-elements.js';
import { ELEMENTS } from '../test-support/fake-frame.js';

let elements: FakeElements;
let cloister: Cloister;

beforeEach(() => {
  document.body.innerHTML = '<div id="number"></div><div id="cvc"></div><div id="card"></div>';
  elements = new FakeElements();
  cloister = createCloister({ elements: ELEMENTS, session: () => SESSION });
});
afterEach(() => {
  cloister.destroy();
  elements.destroy();
});

/** What groups the frames of the form that was paired. */
const formId = (): unknown => (elements.called('pair')[0]?.params as { readonly form: string }).form;

/** Two fields in a frame each. */
async function twoFrames() {
  const form = cloister.collect('cards');
  await Promise.all([form.field('number').mount('#number'), form.field('cvc').mount('#cvc')]);
  return { form };
}

/** Somebody puts the caret into a field of the frame. */
async function enter(frame: number, field: string): Promise<void> {
  const entered = elements.of('collect')[frame];
  const host = entered === undefined ? undefined : await elements.hosts.get(entered);
  await host?.signal({ field, type: 'focus' });
}

describe('the coordinator', () => {
  it('makes no coordinator for a form that is only looked at', async () => {
    await twoFrames();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(elements.of('coordinator')).toEqual([]);
  });

  it('pairs each frame with the one coordinator, which is created when somebody enters a field', async () => {
    const { form } = await twoFrames();
    await enter(0, 'number');
    await form.field('name').mount('#card');
    await vi.waitFor(() => {
      expect(elements.called('pair')).toHaveLength(3);
    }, 5000);
    expect(elements.of('coordinator')).toHaveLength(1);
    expect(new Set(elements.called('pair').map(({ params }) => JSON.stringify(params)))).toEqual(
      new Set([JSON.stringify({ coordinator: elements.of('coordinator')[0]?.id, form: formId() })]),
    );
  });

  it('pairs the frames of every form when one is submitted that nobody entered', async () => {
    const { form } = await twoFrames();
    await cloister.collect('quiet').field('note').mount('#card');
    await form.submit();
    await vi.waitFor(() => {
      expect(elements.called('pair')).toHaveLength(3);
    }, 5000);
  });

  it('makes the coordinator when no frame of the page starts any more', async () => {
    const form = cloister.collect('cards');
    elements.behaviour.mute = ['collect'];
    const slow = form.field('cvc').mount('#cvc');
    await vi.waitFor(() => {
      expect(elements.of('collect')).toHaveLength(1);
    });
    elements.behaviour.mute = [];
    await form.field('number').mount('#number');
    await enter(1, 'number');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(elements.of('coordinator')).toEqual([]);
    const [waiting] = elements.of('collect');
    waiting?.say(waiting.hello());
    await slow;
    await vi.waitFor(() => {
      expect(elements.called('pair')).toHaveLength(2);
    });
  });
});
