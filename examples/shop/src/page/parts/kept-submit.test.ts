import { randomUUID } from 'node:crypto';
import type { CollectForm } from '@cloister/bridge';
import type { Collected } from '@cloister/protocol';
import { expect, it } from 'vitest';
import { keptSubmit } from './kept-submit.js';

/** A form whose every submit makes a record of its own. */
class FakeForm {
  readonly #listeners = new Map<string, () => void>();

  readonly on = ((type: string, listener: () => void) => {
    this.#listeners.set(type, listener);
    return () => undefined;
  }) as CollectForm['on'];

  say(type: 'blur' | 'change' | 'focus'): void {
    this.#listeners.get(type)?.();
  }

  submit(): Promise<Collected> {
    return Promise.resolve({ record: randomUUID(), tokens: {}, facts: {} });
  }
}

it('an order that is sent again after the field was left has the same record', async () => {
  const form = new FakeForm();
  const { submit, kept } = keptSubmit(form);
  const first = await submit();
  form.say('blur');
  form.say('change');
  expect(kept()).toBe(true);
  expect(await submit()).toBe(first);
});

it('a card that may have been changed is submitted anew', async () => {
  const form = new FakeForm();
  const { submit, kept } = keptSubmit(form);
  const first = await submit();
  form.say('focus');
  expect(kept()).toBe(false);
  expect((await submit()).record).not.toBe(first.record);
});
