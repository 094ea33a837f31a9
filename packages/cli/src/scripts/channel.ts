import type { CDPSession } from 'playwright-core';
import { numberAt, textAt } from './read-at.js';

type Send = CDPSession['send'];
export type Method = Parameters<Send>[0];
export type Params = Parameters<Send>[1];
type Hear = (event: string, params: unknown) => void;

/** A line to one target of the browser: a page, a frame in a process of its own, or a worker. */
export interface Channel {
  readonly send: (method: Method, params?: Params) => Promise<unknown>;
  readonly hear: (listener: Hear) => void;
}

const EVENTS = [
  'Debugger.scriptParsed',
  'Network.requestWillBeSent',
  'Page.frameNavigated',
  'Page.frameAttached',
  'Runtime.bindingCalled',
  'Target.attachedToTarget',
  'Target.detachedFromTarget',
  'Target.receivedMessageFromTarget',
  'Target.targetCreated',
] as const;

/** The line of a session of the driver's. */
export function channelOf(session: CDPSession): Channel {
  const listeners: Hear[] = [];
  for (const event of EVENTS)
    session.on(event, (params: unknown) => {
      for (const listener of listeners) listener(event, params);
    });
  return {
    send: (method, params) => session.send(method, params),
    hear: (listener) => void listeners.push(listener),
  };
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The line to a target that was attached through another. Messages are wrapped in those of the other line: the driver has no sessions for
 * workers of workers.
 */
export function childChannel(parent: Channel, sessionId: string): Channel {
  const waiting = new Map<number, Waiting>();
  const listeners: Hear[] = [];
  let count = 0;
  const receive = (message: unknown): void => {
    const id = numberAt(message, 'id');
    const error = textAt(message, 'error', 'message');
    const event = textAt(message, 'method');
    if (id === 0) for (const listener of listeners) listener(event, Reflect.get(Object(message), 'params'));
    else if (error === '') waiting.get(id)?.resolve(Reflect.get(Object(message), 'result'));
    else waiting.get(id)?.reject(new Error(error));
    waiting.delete(id);
  };
  parent.hear((event, params) => {
    if (textAt(params, 'sessionId') !== sessionId) return;
    if (event === 'Target.receivedMessageFromTarget') receive(read(textAt(params, 'message')));
    if (event === 'Target.detachedFromTarget') for (const { reject } of waiting.values()) reject(new Error('detached'));
  });
  return {
    hear: (listener) => void listeners.push(listener),
    send: (method, params) =>
      new Promise((resolve, reject) => {
        const id = (count += 1);
        waiting.set(id, { resolve, reject });
        const message = JSON.stringify({ id, method, params });
        parent.send('Target.sendMessageToTarget', { sessionId, message }).catch(reject);
      }),
  };
}
