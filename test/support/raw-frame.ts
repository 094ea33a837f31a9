import type { Page } from '@playwright/test';

/** A frame that a page opened by itself, without the SDK, and speaks to as it likes. */
export interface RawFrame {
  readonly iframe: HTMLIFrameElement;
  /** Greetings, in order: each document says one. */
  readonly hellos: readonly { readonly frame: string; readonly build: string; readonly role: string }[];
  /** All else that came to the window from this frame. */
  readonly noise: readonly unknown[];
  /** Every reply and every call that came over the port, in order, without the names that differ each time. */
  readonly told: readonly unknown[];
  /** Milliseconds after which no answer counts as silence. */
  patience: number;
  /** Answers a greeting; whether the frame takes it shows at the first call. */
  meet(frame: string): void;
  /** The same, and asks it for a sign of life; `false` when there is none. */
  welcome(frame: string): Promise<boolean>;
  /** Calls a method; answers its reply, or `silence`. */
  call(method: readonly string[], ...args: readonly unknown[]): Promise<unknown>;
  send(message: unknown): void;
}

/** What comes over the port. */
interface Envelope {
  readonly type: string;
  readonly id: string;
  readonly callId: string;
  readonly value: unknown;
  readonly methodPath: unknown;
  readonly args: unknown;
}

/** What the helper leaves on the page's window. */
export interface RawWindow {
  openRaw(url: string, change?: (iframe: HTMLIFrameElement) => void): Promise<RawFrame>;
  /** The same, met and set up: for frames that must answer, however busy the machine is. Throws when one does not. */
  openReady(url: string, setup?: object, change?: (iframe: HTMLIFrameElement) => void): Promise<RawFrame>;
  raw: RawFrame;
}

declare global {
  interface Window {
    openRaw: RawWindow['openRaw'];
    openReady: RawWindow['openReady'];
    raw: RawWindow['raw'];
  }
}

/** Runs in the page; speaks penpal by hand (CALL and REPLY; the `welcome` is the handshake), so that it can also speak it wrongly. */
export function addOpenRaw(): void {
  const PATIENCE = 1500;
  const CERTAIN = 20_000;
  const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const open = async (
    url: string,
    change: ((iframe: HTMLIFrameElement) => void) | undefined,
    patience: number,
  ): Promise<RawFrame> => {
    const iframe = document.createElement('iframe');
    iframe.sandbox.add('allow-scripts', 'allow-same-origin', 'allow-forms');
    iframe.src = url;
    change?.(iframe);
    const hellos: RawFrame['hellos'][number][] = [];
    const noise: unknown[] = [];
    const told: unknown[] = [];
    window.addEventListener('message', ({ source, data }: MessageEvent<{ cloister?: string }>) => {
      if (source !== iframe.contentWindow) return;
      if (data.cloister === 'hello') hellos.push(data as unknown as RawFrame['hellos'][number]);
      else noise.push(data);
    });
    document.body.append(iframe);
    let port: MessagePort | undefined;
    const replies = new Map<string, (value: unknown) => void>();
    const send = (message: unknown): void => port?.postMessage(message);
    const envelope = (type: string, more: object): object => ({ namespace: 'penpal', type, ...more });
    for (let waited = 0; hellos.length === 0 && waited < 2 * patience; waited += 50) await wait(50);
    const hear = ({ data }: MessageEvent<Envelope>): void => {
      if (data.type === 'CALL') {
        told.push([data.methodPath, data.args]);
        // The frame waits until the page has heard it, as it does of the SDK.
        send(envelope('REPLY', { callId: data.id, value: { ok: true, result: {} }, isError: false }));
      }
      if (data.type !== 'REPLY') return;
      if (data.callId !== 'alive') told.push(data.value);
      replies.get(data.callId)?.(data.value);
    };
    const raw: RawFrame = {
      iframe,
      hellos,
      noise,
      told,
      patience,
      send,
      meet: (frame) => {
        const channel = new MessageChannel();
        port = channel.port1;
        port.onmessage = hear;
        iframe.contentWindow?.postMessage({ cloister: 'welcome', frame }, new URL(url).origin, [channel.port2]);
      },
      welcome: async (frame) => {
        raw.meet(frame);
        // A document that met us answers even a call of what it does not have: with a code.
        send(envelope('CALL', { id: 'alive', methodPath: ['alive'], args: [] }));
        const alive = new Promise<boolean>((resolve) => replies.set('alive', () => resolve(true)));
        return Promise.race([alive, wait(raw.patience).then(() => false)]);
      },
      call: (methodPath, ...args) => {
        const id = crypto.randomUUID();
        send(envelope('CALL', { id, methodPath, args }));
        return new Promise((resolve) => {
          replies.set(id, resolve);
          void wait(raw.patience).then(() => resolve('silence'));
        });
      },
    };
    return raw;
  };
  window.openRaw = (url, change) => open(url, change, PATIENCE);
  window.openReady = async (url, setup, change) => {
    const raw = await open(url, change, CERTAIN);
    if (!(await raw.welcome(raw.hellos[0]?.frame ?? ''))) throw new Error(`${url} does not shake hands`);
    const reply = setup === undefined ? undefined : await raw.call(['setup'], setup);
    if (setup !== undefined && !JSON.stringify(reply).startsWith('{"ok":true')) throw new Error(`${url} is not set up`);
    raw.patience = PATIENCE;
    return raw;
  };
}

/** Gives a page `openRaw`; must come before the page is opened. */
export async function addRawFrames(page: Page): Promise<void> {
  await page.addInitScript(addOpenRaw);
}

/** The form that frames by hand belong to. */
export const FORM = 'f'.repeat(22);

/** A setup of a collect frame with a whole card, as the SDK would send it. */
export const COLLECT_SETUP = {
  collection: 'cards',
  layout: [['number'], ['expiry', 'cvc'], ['name']],
  texts: { number: { label: 'number' }, expiry: { label: 'expiry' }, cvc: { label: 'cvc' }, name: { label: 'name' } },
  messages: {},
  appearance: {},
  locale: 'en',
  direction: 'ltr',
} as const;
