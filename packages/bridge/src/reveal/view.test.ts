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
  document.body.innerHTML = '<div id="pan"></div><div id="name"></div>';
  elements = new FakeElements();
  session.mockReset().mockReturnValue(SESSION);
  cloister = createCloister({ elements: ELEMENTS, session });
});
afterEach(() => {
  cloister.destroy();
  elements.destroy();
});

const code = (error: ErrorCode): unknown => expect.objectContaining({ name: 'CloisterError', code: error });
const iframes = (): readonly HTMLIFrameElement[] => [...document.querySelectorAll('div iframe')] as HTMLIFrameElement[];

describe('a view', () => {
  it('mounts values alone, and those that are left in one frame', async () => {
    const view = cloister.reveal();
    const pan = view.value(uuid('2'), { label: 'Card number', copy: true });
    view.value(uuid('3'), { label: 'Expiry' });
    view.value(uuid('4'), { label: 'Name', hideAfter: 10 });
    await pan.mount('#pan');
    await view.mount('#name');
    expect(elements.called('setup').map(({ params }) => params)).toMatchObject([
      { slots: [{ label: 'Card number', copy: true, hideAfter: 30 }] },
      {
        slots: [
          { label: 'Expiry', copy: false },
          { label: 'Name', hideAfter: 10 },
        ],
        layout: [[expect.any(String)], [expect.any(String)]],
      },
    ]);
    expect(iframes().map((iframe) => iframe.getAttribute('allow'))).toEqual(['clipboard-write', '']);
    expect(iframes().map(({ title }) => title)).toEqual([
      'Secure display: Card number',
      'Secure display: Expiry, Name',
    ]);
  });

  it('never tells a reveal frame a token, nor the coordinator a label', async () => {
    const view = cloister.reveal();
    await view.value(uuid('2'), { label: 'Card number' }).mount('#pan');
    await view.show();
    expect(JSON.stringify(elements.called('setup'))).not.toContain(uuid('2'));
    expect(JSON.stringify(elements.called('reveal'))).not.toContain('Card number');
  });

  it('shows with a session for exactly its tokens, and says what became of each', async () => {
    const view = cloister.reveal();
    const pan = view.value(uuid('2'), { label: 'Card number' });
    const name = view.value(uuid('3'), { label: 'Name' });
    await Promise.all([pan.mount('#pan'), name.mount('#name')]);
    elements.behaviour.reveal = ({ items }) => ({
      items: items.map(({ slot, token }) => (token === uuid('3') ? { slot, code: 'not-found' } : { slot })),
    });
    const changes: unknown[] = [];
    name.on('change', (state) => changes.push(state));
    await expect(view.show()).resolves.toEqual([
      { token: uuid('2'), status: 'shown' },
      { token: uuid('3'), status: 'failed', code: 'not-found' },
    ]);
    expect(session.mock.calls).toEqual([[{ purpose: 'reveal', jkt: JKT, tokens: [uuid('2'), uuid('3')] }]]);
    expect(changes).toEqual([{ token: uuid('3'), status: 'failed', code: 'not-found' }]);
    expect(name.state.status).toBe('failed');
  });

  it('hears from the frame when a value is shown, hidden and copied', async () => {
    const view = cloister.reveal();
    const pan = view.value(uuid('2'), { label: 'Card number' });
    await pan.mount('#pan');
    const heard: unknown[] = [];
    pan.on('change', ({ status }) => heard.push(status));
    view.on('copied', ({ token }) => heard.push(token));
    const host = await [...elements.revealHosts.values()][0];
    await host?.changed({
      slots: [
        { slot: 'v1', status: 'shown' },
        { slot: 'v9', status: 'shown' },
      ],
    });
    await host?.copied({ slot: 'v1' });
    await host?.changed({ slots: [{ slot: 'v1', status: 'hidden' }] });
    expect(heard).toEqual(['shown', uuid('2'), 'hidden']);
  });

  it('hides all frames', async () => {
    const view = cloister.reveal();
    await view.value(uuid('2'), { label: 'Card number' }).mount('#pan');
    view.hide();
    await vi.waitFor(() => {
      expect(elements.called('hide')).toHaveLength(1);
    });
  });

  it('rejects with unmounted, busy, and what the vault answered', async () => {
    const view = cloister.reveal();
    await expect(view.show()).rejects.toEqual(code('unmounted'));
    await view.value(uuid('2'), { label: 'Card number' }).mount('#pan');
    elements.behaviour.reveal = () => {
      throw new CodedError('unauthorized');
    };
    const first = view.show();
    await expect(view.show()).rejects.toEqual(code('busy'));
    await expect(first).rejects.toEqual(code('unauthorized'));
  });

  it('can be mounted again after it was unmounted', async () => {
    const view = cloister.reveal();
    const pan = view.value(uuid('2'), { label: 'Card number' });
    const first = view.mount('#pan');
    view.unmount();
    await expect(first).rejects.toEqual(code('unmounted'));
    await pan.mount('#pan');
    pan.unmount();
    expect(iframes()).toHaveLength(0);
  });

  it.each<[string, () => unknown]>([
    ['a token that is none', () => cloister.reveal().value('4242', { label: 'Card number' })],
    ['a label that is none', () => cloister.reveal().value(uuid('2'), JSON.parse('{}') as { label: string })],
    ['a time that is too long', () => cloister.reveal().value(uuid('2'), { label: 'x', hideAfter: 601 })],
    ['nothing to mount', () => cloister.reveal().mount('#pan')],
    [
      'a value of another view',
      () => cloister.reveal().mount('#pan', { layout: [[cloister.reveal().value(uuid('2'), { label: 'x' })]] }),
    ],
  ])('throws a TypeError at once for %s', (_, misuse) => {
    expect(misuse).toThrow(TypeError);
  });
});
