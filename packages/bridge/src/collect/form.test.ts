// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CodedError, type ErrorCode } from '@cloister/protocol';
import { createCloister, type Cloister } from '../cloister.js';
import { FakeElements, JKT, SESSION, uuid } from '../test-support/fake-elements.js';
import { ELEMENTS } from '../test-support/fake-frame.js';

let elements: FakeElements;
let cloister: Cloister;
const session = vi.fn<(need: unknown) => Promise<string> | string>();

beforeEach(() => {
  document.body.innerHTML = '<div id="number"></div><div id="cvc"></div><div id="card" dir="rtl"></div>';
  elements = new FakeElements();
  session.mockReset().mockResolvedValue(SESSION);
  cloister = createCloister({ elements: ELEMENTS, session });
});
afterEach(() => {
  cloister.destroy();
  elements.destroy();
});

const code = (error: ErrorCode): unknown => expect.objectContaining({ name: 'CloisterError', code: error });

/** Two fields in a frame each, ready. */
async function twoFrames() {
  const form = cloister.collect('cards');
  const number = form.field('number');
  const cvc = form.field('cvc');
  await Promise.all([number.mount('#number'), cvc.mount('#cvc')]);
  return { form, number, cvc };
}

describe('mounting', () => {
  it('inserts a sandboxed frame without name or query, whose fragment is what it draws, and fits it to its content', async () => {
    await cloister.collect('cards').field('number', { label: 'Card number' }).mount('#number');
    const iframe = document.querySelector('#number iframe');
    expect(iframe?.getAttributeNames().sort()).toEqual(
      ['allow', 'loading', 'referrerpolicy', 'sandbox', 'scrolling', 'src', 'style', 'title'].sort(),
    );
    const [address, fragment = ''] = iframe?.getAttribute('src')?.split('#') ?? [];
    expect(address).toBe(`${ELEMENTS}/collect.html`);
    expect(JSON.parse(decodeURIComponent(fragment))).toMatchObject({ collection: 'cards', layout: [['number']] });
    expect(iframe?.getAttribute('sandbox')).toBe('allow-scripts allow-same-origin allow-forms');
    expect(iframe?.getAttribute('title')).toBe('Secure input: Card number');
    // As high as a row is until the document says its own height.
    await vi.waitFor(() => {
      expect(iframe instanceof HTMLIFrameElement && iframe.style.height).toBe('64px');
    });
  });

  it('tells one frame the layout, words and direction of several fields', async () => {
    const form = cloister.collect('cards', { messages: { required: 'Bitte' }, locale: 'de' });
    await form.mount('#card', { layout: [['number'], ['expiry', 'cvc']], texts: { cvc: { help: 'On the back' } } });
    expect(elements.called('setup').map(({ params }) => params)).toEqual([
      expect.objectContaining({
        collection: 'cards',
        layout: [['number'], ['expiry', 'cvc']],
        texts: {
          number: { label: 'number' },
          expiry: { label: 'expiry' },
          cvc: { label: 'cvc', help: { text: 'On the back' } },
        },
        locale: 'de',
        direction: 'rtl',
        messages: expect.objectContaining({ required: 'Bitte' }) as unknown,
      }),
    ]);
  });

  it('is ready when the frame greets with what it drew, and calls for nothing', async () => {
    elements.behaviour.draws = true;
    elements.behaviour.states['cvc'] = { name: 'cvc', status: 'empty', focused: false, touched: false };
    elements.behaviour.optional = ['cvc'];
    const form = cloister.collect('cards');
    await form.mount('#card', { layout: [['number', 'cvc']] });
    expect(form.state.fields['cvc']).toMatchObject({ status: 'empty' });
    expect(form.state.complete).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(elements.calls).toEqual([]);
  });

  it.each(['collection', 'field', 'appearance'] as const)(
    'rejects with %s when the frame refuses its setup',
    async (reason) => {
      elements.behaviour.refuse = reason;
      const field = cloister.collect('cards').field('number');
      const errors: unknown[] = [];
      field.on('error', (error) => errors.push(error));
      await expect(field.mount('#number')).rejects.toEqual(code(reason));
      expect(errors).toEqual([code(reason)]);
      expect(document.querySelectorAll('iframe')).toHaveLength(0);
    },
  );

  it('survives mount, unmount, mount on one element, as StrictMode does it', async () => {
    const field = cloister.collect('cards').field('number');
    const first = field.mount('#number');
    field.unmount();
    const second = field.mount('#number');
    await expect(first).rejects.toEqual(code('unmounted'));
    await expect(second).resolves.toBeUndefined();
    expect(document.querySelectorAll('#number iframe')).toHaveLength(1);
    expect(field.state.status).toBe('valid');
  });

  it('rejects a pending mount with destroyed when the client is destroyed', async () => {
    elements.behaviour.mute = ['collect'];
    const mounted = cloister.collect('cards').field('number').mount('#number');
    cloister.destroy();
    await expect(mounted).rejects.toEqual(code('destroyed'));
  });

  it.each<[string, (form: ReturnType<Cloister['collect']>) => unknown]>([
    ['a target that does not exist', (form) => form.field('number').mount('#nowhere')],
    ['a selector that is none', (form) => form.field('number').mount(':::')],
    ['an element outside the document', (form) => form.field('number').mount(document.createElement('p'))],
    [
      'a field that is mounted',
      (form) => [
        form
          .field('number')
          .mount('#number')
          .catch(() => 0),
        form.field('number').mount('#cvc'),
      ],
    ],
    ['a field twice in a layout', (form) => form.mount('#card', { layout: [['number', 'number']] })],
    ['a name that is none', (form) => form.field('card number')],
    ['words that are not texts', (form) => form.field('number', JSON.parse('{"label":4}') as object)],
    ['unknown words', (form) => form.field('number', JSON.parse('{"css":"x"}') as object)],
    ['an unknown event', (form) => form.on(JSON.parse('"click"') as 'change', () => undefined)],
    ['an unknown part', () => cloister.collect('cards', { appearance: JSON.parse('{"rules":{"body":{}}}') as object })],
  ])('throws a TypeError at once for %s', (_, misuse) => {
    expect(() => misuse(cloister.collect('cards'))).toThrow(TypeError);
  });
});

describe('states and events', () => {
  it('tells form and field what changed, once for each change', async () => {
    elements.behaviour.states = { cvc: { name: 'cvc', status: 'empty', focused: false, touched: false } };
    const { form, cvc } = await twoFrames();
    const heard: unknown[] = [];
    form.on('change', ({ complete, state }) => heard.push(['form', complete, state]));
    cvc.on('change', ({ status }) => heard.push(['cvc', status]));
    const host = await elements.hosts.get(
      elements.frames.find(({ iframe }) => iframe.closest('#cvc') !== null) ?? (elements.frames[0] as never),
    );
    const state = { name: 'cvc', status: 'valid', focused: true, touched: true } as const;
    await host?.changed({ fields: [state] });
    await host?.changed({ fields: [state] });
    expect(heard).toEqual([
      ['cvc', 'valid'],
      ['form', true, 'valid'],
    ]);
  });

  it('is complete while an optional field is empty', async () => {
    elements.behaviour.states = { cvc: { name: 'cvc', status: 'empty', focused: false, touched: false } };
    elements.behaviour.optional = ['cvc'];
    expect((await twoFrames()).form.state.complete).toBe(true);
  });

  it('A03 ignores what a frame says about a field that is not its own', async () => {
    const { number } = await twoFrames();
    const frame = elements.frames.find(({ iframe }) => iframe.closest('#cvc') !== null);
    const host = await (frame && elements.hosts.get(frame));
    await host?.changed({ fields: [{ name: 'number', status: 'invalid', focused: false, touched: true }] });
    expect(number.state.status).toBe('valid');
  });

  it('says what is asked of a field that is not mounted as an error event', () => {
    const field = cloister.collect('cards').field('number');
    const errors: unknown[] = [];
    field.on('error', (error) => errors.push(error));
    field.focus();
    expect(errors).toEqual([code('unmounted')]);
  });

  it('keeps calls that come before the frame is ready, and sends words and looks of later', async () => {
    const field = cloister.collect('cards').field('number');
    const mounted = field.mount('#number');
    field.focus();
    await mounted;
    field.update({ label: 'Number', appearance: { theme: 'bare' } });
    await vi.waitFor(() => {
      expect(elements.called('update')).toHaveLength(1);
    });
    expect(elements.called('focus')).toHaveLength(1);
    expect(elements.called('update')[0]?.params).toMatchObject({
      texts: { number: { label: 'Number' } },
      appearance: { theme: 'bare' },
    });
  });
});

describe('submit', () => {
  it('asks the backend for a session bound to the key, and answers the tokens', async () => {
    const { form } = await twoFrames();
    await expect(form.submit()).resolves.toEqual({ record: uuid('1'), tokens: { number: uuid('2') }, facts: {} });
    expect(session.mock.calls).toEqual([[{ purpose: 'collect', jkt: JKT, collection: 'cards' }]]);
    expect(elements.called('submit')[0]?.params).toMatchObject({
      collection: 'cards',
      session: SESSION,
      frames: elements.of('collect').map(({ id }) => id),
    });
  });

  it('asks for no session where the vault wants none', async () => {
    elements.behaviour.session = false;
    await (await twoFrames()).form.submit();
    expect(session).not.toHaveBeenCalled();
    expect(elements.called('submit')[0]?.params).not.toHaveProperty('session');
  });

  it('rejects with invalid and focuses the topmost field that is wrong, before anybody is asked for a session', async () => {
    const wrong = (name: string) =>
      ({ name, status: 'empty', error: 'required', focused: false, touched: true }) as const;
    elements.behaviour.states = { number: wrong('number'), cvc: wrong('cvc') };
    const form = cloister.collect('cards');
    await form.field('cvc').mount('#cvc');
    await form.field('number').mount('#number');
    await expect(form.submit()).rejects.toEqual(code('invalid'));
    await vi.waitFor(() => {
      expect(elements.called('focus')).toHaveLength(1);
    });
    expect(elements.called('focus')[0]?.params).toEqual({ field: 'number' });
    expect(session).not.toHaveBeenCalled();
    expect(form.state.fields['cvc']?.error).toBe('required');
  });

  it('sends a form whose fields are known to be valid without asking its frames first', async () => {
    const { form } = await twoFrames();
    await form.submit();
    expect(elements.called('validate')).toEqual([]);
    expect(elements.called('submit')).toHaveLength(1);
  });

  it('asks the frames, and focuses the field, when one became invalid before its news arrived', async () => {
    const { form } = await twoFrames();
    elements.behaviour.submit = () => {
      elements.behaviour.states = {
        cvc: { name: 'cvc', status: 'incomplete', error: 'incomplete', focused: false, touched: true },
      };
      throw new CodedError('invalid', 'cvc');
    };
    await expect(form.submit()).rejects.toEqual(code('invalid'));
    await vi.waitFor(() => {
      expect(elements.called('focus')).toHaveLength(1);
    });
    expect(elements.called('focus')[0]?.params).toEqual({ field: 'cvc' });
    expect(elements.called('submit')).toHaveLength(1);
    expect(form.state.complete).toBe(false);
  });

  it('sends a form that turned out to be valid once more, and no third time', async () => {
    const { form } = await twoFrames();
    elements.behaviour.submit = () => {
      throw new CodedError('invalid');
    };
    await expect(form.submit()).rejects.toEqual(code('invalid'));
    expect(elements.called('submit')).toHaveLength(2);
    expect(elements.called('validate')).toHaveLength(2);
  });

  it('has told the page what its fields forgot when it answers, though the tokens come sooner', async () => {
    const { form } = await twoFrames();
    const [, cvc] = elements.of('collect');
    if (cvc === undefined) throw new Error('no frame');
    const { submit } = elements.behaviour;
    elements.behaviour.submit = async (params) => ({ ...(await submit(params)), told: [0, 1] });
    const heard: string[] = [];
    form.on('change', ({ state }) => heard.push(state));
    const submitted = form.submit().then(() => heard.push('tokens'));
    await vi.waitFor(() => {
      expect(elements.called('submit')).toHaveLength(1);
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(heard).toEqual([]);
    const host = await elements.hosts.get(cvc);
    await host?.changed({ fields: [{ name: 'cvc', status: 'empty', focused: false, touched: false }] });
    await submitted;
    expect(heard).toEqual(['empty', 'tokens']);
  });

  it('does one at a time', async () => {
    const { form } = await twoFrames();
    const first = form.submit();
    await expect(form.submit()).rejects.toEqual(code('busy'));
    await first;
    await expect(form.submit()).resolves.toBeDefined();
  });

  it.each<[string, () => Promise<string> | string]>([
    [
      'throws',
      () => {
        throw new Error('no network');
      },
    ],
    ['rejects', () => Promise.reject(new Error('403'))],
    ['answers nothing', () => ''],
    ['answers a page', () => '<!doctype html><title>Sign in</title>'],
  ])('rejects with session when the callback %s', async (_, answer) => {
    vi.stubGlobal('reportError', vi.fn());
    session.mockImplementation(answer);
    await expect((await twoFrames()).form.submit()).rejects.toEqual(code('session'));
    expect(elements.called('submit')).toHaveLength(0);
    vi.unstubAllGlobals();
  });

  it('passes the code of the vault on, and can be repeated', async () => {
    const { form } = await twoFrames();
    const { submit } = elements.behaviour;
    elements.behaviour.submit = () => {
      throw new CodedError('offline');
    };
    await expect(form.submit()).rejects.toEqual(code('offline'));
    elements.behaviour.submit = submit;
    await expect(form.submit()).resolves.toBeDefined();
  });

  it('rejects with unmounted when there is nothing to submit', async () => {
    await expect(cloister.collect('cards').submit()).rejects.toEqual(code('unmounted'));
  });

  it('A13 makes a lost coordinator anew, pairs the frames again and submits through the new one', async () => {
    const { form } = await twoFrames();
    await form.submit();
    const [old] = elements.of('coordinator');
    old?.iframe.remove();
    await form.submit();
    const [next] = elements.of('coordinator');
    expect(next?.id).not.toBe(old?.id);
    expect(elements.called('submit').map(({ frame }) => frame)).toEqual([old?.id, next?.id]);
    expect(elements.called('pair')).toHaveLength(4);
  });

  it('rejects with unpaired when the coordinator is reloaded under a submit', async () => {
    const { form } = await twoFrames();
    elements.behaviour.submit = () => new Promise(() => undefined);
    const submitted = form.submit();
    await vi.waitFor(() => {
      expect(elements.called('submit')).toHaveLength(1);
    });
    const [coordinator] = elements.of('coordinator');
    coordinator?.say(coordinator.hello({ frame: 'another-document______' }));
    await expect(submitted).rejects.toEqual(code('unpaired'));
  });
});
