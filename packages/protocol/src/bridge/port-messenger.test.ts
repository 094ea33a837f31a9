import { connect } from 'penpal';
import { describe, expect, it } from 'vitest';
import { integer, object } from '../schema/schema.js';
import { calls, serve, type MethodMap, type WireMethods } from './methods.js';
import { PortMessenger } from './port-messenger.js';
import { admitAll, wireGuard } from './wire-guard.js';

const guard = wireGuard({ spend: () => true, charge: () => undefined }, () => 0);
const isAny = (data: unknown): data is unknown => data !== undefined;

/** Lets messages that are under way arrive. */
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

function pair(): { readonly received: unknown[]; readonly send: (message: unknown) => void } {
  const { port1, port2 } = new MessageChannel();
  const received: unknown[] = [];
  const messenger = new PortMessenger<unknown>(port1, guard);
  messenger.initialize({ validateReceivedMessage: isAny });
  messenger.addMessageHandler((message) => received.push(message));
  return {
    received,
    send: (message) => {
      port2.postMessage(message);
    },
  };
}

describe('PortMessenger', () => {
  it('carries a penpal connection', async () => {
    const map = {
      add: { params: object({ a: integer(0, 9), b: integer(0, 9) }), result: object({ sum: integer(0, 18) }) },
    } as const satisfies MethodMap;
    const { port1, port2 } = new MessageChannel();
    const server = connect<WireMethods>({
      messenger: new PortMessenger(port1, guard),
      methods: serve(map, { add: ({ a, b }) => ({ sum: a + b }) }),
    });
    const client = connect<WireMethods>({ messenger: new PortMessenger(port2, guard) });
    const remote = calls<typeof map>({ add: map.add.result }, await client.promise);
    await expect(remote.add({ a: 3, b: 4 })).resolves.toEqual({ sum: 7 });
    server.destroy();
    client.destroy();
  });

  it('A14 A15 answers a call of a method that is not there with a code, without text or stack', async () => {
    const { port1, port2 } = new MessageChannel();
    const replies: unknown[] = [];
    const server = connect<WireMethods>({ messenger: new PortMessenger(port1, admitAll), methods: serve({}, {}) });
    port2.onmessage = ({ data: message }: MessageEvent<{ type: string }>) => {
      if (message.type === 'REPLY') replies.push(message);
    };
    port2.postMessage({ namespace: 'penpal', type: 'CALL', id: '1', methodPath: ['toString'], args: [] });
    await settle();
    expect(replies).toMatchObject([{ callId: '1', isError: false, value: { ok: false, code: 'message' } }]);
    expect(JSON.stringify(replies)).not.toContain('stack');
    server.destroy();
    port2.close();
  });

  it('A44 A45 drops what is too large, too deep or not JSON-like, and goes on', async () => {
    const { received, send } = pair();
    for (const message of ['x'.repeat(20_000), new Map(), /a/u, { type: 'CALL' }]) send(message);
    await settle();
    expect(received).toEqual([{ type: 'CALL' }]);
  });

  it('A12 A17 needs no handshake, and takes none: what claims to be one is dropped', async () => {
    const { port1, port2 } = new MessageChannel();
    const said: unknown[] = [];
    const server = connect<WireMethods>({ messenger: new PortMessenger(port1, guard), methods: serve({}, {}) });
    await server.promise;
    port2.onmessage = ({ data }) => said.push(data);
    for (const type of ['SYN', 'ACK1', 'ACK2', undefined])
      port2.postMessage({ namespace: 'penpal', type, participantId: 'zzzz' });
    port2.postMessage({ namespace: 'penpal', type: 'CALL', id: '1', methodPath: ['alive'], args: [] });
    await settle();
    expect(said).toMatchObject([{ type: 'REPLY', callId: '1' }]);
    server.destroy();
    port2.close();
  });

  it('A45 lets nothing escape that penpal throws at an envelope without its parts', async () => {
    const { port1, port2 } = new MessageChannel();
    const escaped: unknown[] = [];
    const note = (reason: unknown): void => void escaped.push(reason);
    process.on('unhandledRejection', note);
    const server = connect<WireMethods>({ messenger: new PortMessenger(port1, guard), methods: serve({}, {}) });
    for (const type of ['SYN', 'ACK1', 'ACK2', 'CALL', 'REPLY', 'DESTROY'])
      port2.postMessage({ namespace: 'penpal', type });
    await settle();
    process.off('unhandledRejection', note);
    expect(escaped).toEqual([]);
    server.destroy();
    server.promise.catch(() => undefined);
    port2.close();
  });

  it('sends no transferables', () => {
    const { port1, port2 } = new MessageChannel();
    const messenger = new PortMessenger<unknown>(port1, guard);
    expect(() => {
      messenger.sendMessage({}, [port2]);
    }).toThrow(TypeError);
    port1.close();
  });

  it('hears nothing after destroy', async () => {
    const { port1, port2 } = new MessageChannel();
    const received: unknown[] = [];
    const messenger = new PortMessenger<unknown>(port1, guard);
    messenger.initialize({ validateReceivedMessage: isAny });
    messenger.addMessageHandler((message) => received.push(message));
    messenger.destroy();
    port2.postMessage(1);
    await settle();
    expect(received).toEqual([]);
  });
});
