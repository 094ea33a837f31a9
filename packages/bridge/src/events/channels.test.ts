import { describe, expect, it, vi } from 'vitest';
import { channel, listening } from './channels.js';

const make = () => {
  const channels = { change: channel<number>(), ready: channel<string>() };
  return { channels, on: listening<{ change: number; ready: string }>(channels) };
};

describe('listeners', () => {
  it('hear their own event until they are disposed of', () => {
    const { channels, on } = make();
    const heard: unknown[] = [];
    const stop = on('change', (value) => heard.push(value));
    on('ready', (value) => heard.push(value));
    channels.change.emit(1);
    channels.ready.emit('yes');
    stop();
    stop();
    channels.change.emit(2);
    expect(heard).toEqual([1, 'yes']);
  });

  it('are two when one function is added twice', () => {
    const { channels, on } = make();
    const listener = vi.fn();
    const stop = on('change', listener);
    on('change', listener);
    stop();
    channels.change.emit(1);
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('go with their signal, and never come when it has aborted', () => {
    const { channels, on } = make();
    const { signal, abort } = ((controller) => ({
      signal: controller.signal,
      abort: () => {
        controller.abort();
      },
    }))(new AbortController());
    const listener = vi.fn();
    on('change', listener, { signal });
    channels.change.emit(1);
    abort();
    on('change', listener, { signal });
    channels.change.emit(2);
    expect(listener.mock.calls).toEqual([[1]]);
  });

  it('leave nothing on a signal once they are disposed of', () => {
    const { on } = make();
    const { signal } = new AbortController();
    const removed = vi.spyOn(signal, 'removeEventListener');
    on('change', () => undefined, { signal })();
    expect(removed).toHaveBeenCalledTimes(1);
  });

  it('do not keep each other from hearing when one throws, and the page is told', () => {
    const { channels, on } = make();
    const reported = vi.fn();
    vi.stubGlobal('reportError', reported);
    const listener = vi.fn();
    const mistake = new Error('in a listener');
    on('change', () => {
      throw mistake;
    });
    on('change', listener);
    channels.change.emit(1);
    expect(listener).toHaveBeenCalledWith(1);
    expect(reported).toHaveBeenCalledWith(mistake);
    vi.unstubAllGlobals();
  });

  it('that are removed by another listener are not called any more', () => {
    const { channels, on } = make();
    const listener = vi.fn();
    on('change', () => {
      stop();
    });
    const stop = on('change', listener);
    channels.change.emit(1);
    expect(listener).not.toHaveBeenCalled();
  });

  it.each(['toString', '__proto__', 'changed'])('cannot listen to %s', (type) => {
    expect(() => make().on(type as 'change', () => undefined)).toThrow(TypeError);
  });
});
