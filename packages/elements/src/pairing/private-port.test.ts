import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { toCollect, toCoordinator, type ToCollect, type ToCoordinator } from './messages.js';
import { privatePort, type PrivatePort } from './private-port.js';

const open: (() => void)[] = [];

interface Pair {
  readonly coordinator: PrivatePort<ToCollect, ToCoordinator>;
  readonly frame: PrivatePort<ToCoordinator, ToCollect>;
  readonly raw: MessagePort;
}

function channel(): Pair {
  const { port1, port2 } = new MessageChannel();
  const pair: Pair = {
    coordinator: privatePort({ port: port1, incoming: toCoordinator }),
    frame: privatePort({ port: port2, incoming: toCollect }),
    raw: port2,
  };
  open.push(pair.coordinator.close, pair.frame.close);
  return pair;
}

afterEach(() => {
  for (const close of open.splice(0)) close();
});

const next = <Out, In>(port: PrivatePort<Out, In>): Promise<In> =>
  new Promise((resolve) => {
    port.on(resolve);
  });

describe('private port', () => {
  it('carries a message of the contract', async () => {
    const { coordinator, frame } = channel();
    const arrived = next(frame);
    coordinator.send({ type: 'gather', request: 7 });
    expect(await arrived).toEqual({ type: 'gather', request: 7 });
  });

  it('keeps what was sent before anybody listened', async () => {
    const { coordinator, frame } = channel();
    coordinator.send({ type: 'brand', brand: 'visa' });
    await pause(5);
    expect(await next(frame)).toEqual({ type: 'brand', brand: 'visa' });
  });

  it.each([
    ['another direction’s message', { type: 'gather', request: 1 }],
    ['an unknown type', { type: 'values' }],
    ['an unknown key', { type: 'brand', also: 1 }],
    ['no object', 'brand'],
    ['nothing', null],
  ])('A01 drops %s', async (_, forged) => {
    const { coordinator, frame, raw } = channel();
    const arrived: ToCoordinator[] = [];
    coordinator.on((message) => arrived.push(message));
    raw.postMessage(forged);
    frame.send({ type: 'brand' });
    await expect.poll(() => arrived).toEqual([{ type: 'brand' }]);
  });

  it('says nothing more to a listener that was disposed, or after closing', async () => {
    const { coordinator, frame } = channel();
    const arrived: ToCollect[] = [];
    const stop = frame.on((message) => arrived.push(message));
    const seen = next(frame);
    coordinator.send({ type: 'gather', request: 1 });
    await seen;
    stop();
    coordinator.send({ type: 'gather', request: 2 });
    await pause(5);
    frame.close();
    coordinator.send({ type: 'gather', request: 3 });
    await pause(5);
    expect(arrived).toEqual([{ type: 'gather', request: 1 }]);
  });
});
