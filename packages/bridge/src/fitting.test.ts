// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Appearance } from '@cloister/protocol';
import { createCloister, type Cloister } from './cloister.js';
import { FakeElements, SESSION, uuid } from './test-support/fake-elements.js';
import { ELEMENTS } from './test-support/fake-frame.js';

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

const LIMIT = /more than 16128 characters/u;
const LONG = 'x'.repeat(2000);

const PARTS = ['label', 'input', 'error', 'help', 'icon', 'value', 'button'] as const;
const PROPERTIES = ['color', 'backgroundColor', 'boxShadow', 'fontFamily', 'padding', 'fontSize'] as const;
/** Some properties of every part in three states, each with the longest value that there may be. */
const longest = Object.fromEntries(PROPERTIES.map((property) => [property, 'x'.repeat(160)]));
const LONG_LOOK: Appearance = {
  rules: Object.fromEntries(PARTS.map((part) => [part, { base: longest, hover: longest, focus: longest }])),
};

describe('what a frame would drop unread for its size is refused at once, with the limit', () => {
  it('A44 a look, when a form is mounted with it', () => {
    const form = cloister.collect('cards', { appearance: LONG_LOOK });
    expect(() => form.field('number').mount('#number')).toThrow(LIMIT);
    expect(document.querySelector('iframe')).toBeNull();
  });

  it('A44 texts of many fields in one frame, which would each do alone', async () => {
    const names = Array.from({ length: 9 }, (_, index) => `field${String(index)}`);
    const form = cloister.collect('cards');
    const texts = Object.fromEntries(names.map((name) => [name, { help: { markup: LONG } }]));
    expect(() => form.mount('#card', { layout: names.map((name) => [name]), texts })).toThrow(LIMIT);
    await expect(form.mount('#card', { layout: [['field1']] })).resolves.toBeUndefined();
  });

  it('A44 labels of many values in one frame', () => {
    const view = cloister.reveal();
    for (let index = 0; index < 90; index += 1) view.value(uuid('2'), { label: 'x'.repeat(190) });
    expect(() => view.mount('#card')).toThrow(LIMIT);
  });

  it('A44 a change of looks: no frame is told of it, and the next change that fits is made', async () => {
    const form = cloister.collect('cards');
    await Promise.all([form.field('number').mount('#number'), form.field('cvc').mount('#cvc')]);
    expect(() => {
      form.update({ appearance: LONG_LOOK });
    }).toThrow(LIMIT);
    expect(() => {
      form.field('cvc').update({ appearance: LONG_LOOK });
    }).toThrow(LIMIT);
    form.field('cvc').update({ appearance: {} });
    form.update({ appearance: { theme: 'bare' } });
    await vi.waitFor(() => {
      expect(elements.called('update')).toHaveLength(3);
    });
    for (const { params } of elements.called('update')) expect(JSON.stringify(params).length).toBeLessThan(2000);
  });
});
