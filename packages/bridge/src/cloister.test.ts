// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCloister } from './cloister.js';
import type { CloisterOptions } from './options.js';
import { FakeElements, SESSION, uuid } from './test-support/fake-elements.js';
import { ELEMENTS } from './test-support/fake-frame.js';

let elements: FakeElements;
beforeEach(() => {
  document.body.innerHTML = '<div id="a"></div><div id="b"></div>';
  elements = new FakeElements();
});
afterEach(() => {
  elements.destroy();
  vi.restoreAllMocks();
});

/** Counts listeners that are on a target, by type. */
function census(target: EventTarget): () => number {
  const present: [string, unknown][] = [];
  const { addEventListener, removeEventListener } = target;
  vi.spyOn(target, 'addEventListener').mockImplementation((type, listener, options) => {
    present.push([type, listener]);
    addEventListener.call(target, type, listener, options);
  });
  vi.spyOn(target, 'removeEventListener').mockImplementation((type, listener, options) => {
    const index = present.findIndex(([known, fn]) => known === type && fn === listener);
    if (index >= 0) present.splice(index, 1);
    removeEventListener.call(target, type, listener, options);
  });
  return () => present.length;
}

describe('createCloister', () => {
  const good: CloisterOptions = { elements: ELEMENTS, session: () => SESSION };

  it.each<[string, object]>([
    ['a path in the origin', { elements: `${ELEMENTS}/` }],
    ['a wildcard origin', { elements: 'https://*.example' }],
    ['an opaque origin', { elements: 'null' }],
    ['the origin of the page itself', { elements: location.origin }],
    ['no session callback', { session: undefined }],
    ['a time-out that is none', { timeout: 0 }],
    ['an appearance with CSS text', { appearance: { css: 'a{}' } }],
    ['a message for a code that is none', { messages: { wrong: 'x' } }],
  ])('throws a TypeError for %s', (_, changes) => {
    expect(() => createCloister({ ...good, ...changes })).toThrow(TypeError);
  });

  it('loads nothing before something is mounted', () => {
    const cloister = createCloister(good);
    cloister.collect('cards').field('number');
    cloister.reveal().value(uuid('1'), { label: 'Card number' });
    expect(document.querySelectorAll('iframe')).toHaveLength(0);
  });

  it('leaves no frame and no listener after destroy', async () => {
    const counts = [census(window), census(document)];
    const cloister = createCloister(good);
    const form = cloister.collect('cards');
    const view = cloister.reveal();
    await form.field('number').mount('#a');
    await view.value(uuid('1'), { label: 'Card number' }).mount('#b');
    await form.submit();
    expect(counts[0]?.()).toBe(1);
    expect(document.querySelectorAll('iframe')).toHaveLength(3);
    cloister.destroy();
    expect(document.querySelectorAll('iframe')).toHaveLength(0);
    expect(counts.map((count) => count())).toEqual([0, 0]);
  });

  it('mounts again what the page threw out of the document without a word', async () => {
    const cloister = createCloister(good);
    const form = cloister.collect('cards');
    const view = cloister.reveal();
    const value = view.value(uuid('1'), { label: 'Card number' });
    await Promise.all([form.field('number').mount('#a'), value.mount('#b')]);
    for (const id of ['#a', '#b']) document.querySelector(id)?.replaceChildren();
    await Promise.all([form.field('number').mount('#a'), value.mount('#b')]);
    await expect(form.submit()).resolves.toHaveProperty('record');
    document.querySelector('#b')?.replaceChildren();
    await expect(view.show()).rejects.toHaveProperty('code', 'unmounted');
    cloister.destroy();
  });

  it('makes no unhandled rejection of a mount that nobody awaits and that is taken back', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): unknown => unhandled.push(reason);
    process.on('unhandledRejection', note);
    const cloister = createCloister(good);
    const field = cloister.collect('cards').field('number');
    void field.mount('#a');
    field.unmount();
    void field.mount('#a');
    cloister.destroy();
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  it('leaves no frame behind when it is destroyed under a call', async () => {
    const cloister = createCloister(good);
    const form = cloister.collect('cards');
    const view = cloister.reveal();
    await form.field('number').mount('#a');
    await view.value(uuid('1'), { label: 'Card number' }).mount('#b');
    const calls = [view.show(), form.submit()];
    cloister.destroy();
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes).toMatchObject([{ reason: { code: 'destroyed' } }, { reason: { code: 'destroyed' } }]);
    expect(document.querySelectorAll('iframe')).toHaveLength(0);
  });

  it('refuses everything after destroy with the code, and can be destroyed twice', async () => {
    const cloister = createCloister(good);
    const form = cloister.collect('cards');
    const field = form.field('number');
    cloister.destroy();
    cloister.destroy();
    const destroyed = expect.objectContaining({ code: 'destroyed' }) as unknown;
    await expect(field.mount('#a')).rejects.toEqual(destroyed);
    await expect(form.submit()).rejects.toEqual(destroyed);
    await expect(form.validate()).rejects.toEqual(destroyed);
    expect(() => cloister.collect('cards')).toThrow(expect.objectContaining({ code: 'destroyed' }));
    expect(() => {
      field.unmount();
    }).not.toThrow();
  });

  it('keeps other frames alive when the page removes one', async () => {
    const cloister = createCloister(good);
    const form = cloister.collect('cards');
    await Promise.all([form.field('number').mount('#a'), form.field('cvc').mount('#b')]);
    const errors: unknown[] = [];
    form.on('error', (error) => errors.push(error.code));
    const [gone] = elements.of('collect');
    gone?.iframe.remove();
    gone?.vanish();
    await vi.waitFor(() => {
      expect(errors).toEqual(['destroyed']);
    });
    expect(Object.keys(form.state.fields)).toEqual(['cvc']);
    await expect(form.submit()).resolves.toBeDefined();
    cloister.destroy();
  });
});
