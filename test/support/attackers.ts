import type { Frame, Page } from '@playwright/test';
import type { World } from './world.js';

/** Who posts, and where from. */
export type Attacker =
  'the page' | 'a frame of another site' | 'a frame without origin' | 'a popup of another site' | 'the opener';
export const ATTACKERS: readonly Attacker[] = [
  'the page',
  'a frame of another site',
  'a frame without origin',
  'a popup of another site',
  'the opener',
];

const STRANGER = '/stranger';

/** Adds a frame to a page. */
async function addFrame(page: Page, url: string, sandbox: string | null = null): Promise<Frame> {
  const before = page.frames();
  await page.evaluate(
    ({ src, flags }) =>
      new Promise((resolve) => {
        const iframe = document.createElement('iframe');
        if (flags !== null) iframe.setAttribute('sandbox', flags);
        iframe.src = src;
        iframe.addEventListener('load', resolve);
        document.body.append(iframe);
      }),
    { src: url, flags: sandbox },
  );
  const frame = page.frames().find((each) => !before.includes(each) && each.url() === url);
  if (frame === undefined) throw new Error(`no frame at ${url}`);
  return frame;
}

/** Brings an attacker to a page of the shop; the answer is where its script runs. */
export async function bring(attacker: Attacker, page: Page, world: World): Promise<Page | Frame> {
  world.hosts.serve(STRANGER, { body: '<!doctype html><title>Stranger</title>' });
  const ads = `${world.hosts.origin('ads')}${STRANGER}`;
  switch (attacker) {
    case 'the page':
      return page;
    case 'a frame of another site':
      return addFrame(page, ads);
    case 'a frame without origin':
      return addFrame(page, ads, 'allow-scripts');
    case 'a popup of another site': {
      const popup = page.waitForEvent('popup');
      await page.evaluate((url) => void window.open(url), ads);
      return popup;
    }
    case 'the opener': {
      const opener = await page.opener();
      if (opener === null) throw new Error('the page was not opened by another');
      return opener;
    }
  }
}

/** Opens a page by the script of another site, which so holds its window. */
export async function openedByStranger(page: Page, world: World): Promise<Page> {
  world.hosts.serve(STRANGER, { body: '<!doctype html><title>Stranger</title>' });
  await page.goto(`${world.hosts.origin('evil')}${STRANGER}`);
  const popup = page.waitForEvent('popup');
  await page.evaluate(() => {
    window.opened = window.open('about:blank');
  });
  return popup;
}

declare global {
  interface Window {
    opened: Window | null;
  }
}

/** What an attacker knows: every id there is. */
export interface Known {
  readonly build: string;
  /** Ids of documents, by role. */
  readonly frames: readonly { readonly role: string; readonly frame: string }[];
}

/** Every message that ever travels, in the words that the receiver expects. */
export function forgeries({ build, frames }: Known): readonly object[] {
  const coordinator = frames.find(({ role }) => role === 'coordinator')?.frame ?? '';
  const id = 'a'.repeat(22);
  const token = '00000000-0000-4000-8000-000000000000';
  const envelope = { namespace: 'penpal', channel: undefined };
  const call = (method: string, argument: object): object => ({
    ...envelope,
    type: 'CALL',
    id: token,
    methodPath: [method],
    args: [argument],
  });
  return [
    ...frames.flatMap(({ role, frame }) => [
      { cloister: 'hello', protocol: 1, build, role, frame },
      { cloister: 'welcome', frame },
      { cloister: 'knock' },
      { cloister: 'pair', coordinator, frame, role: 'collect' },
      { cloister: 'paired', coordinator, frame },
    ]),
    { cloister: 'refusal', code: 'origin' },
    { cloister: 'diagnose' },
    { cloister: 'diagnosis', host: 'unlisted' },
    { penpal: 'syn' },
    { ...envelope, type: 'SYN', participantId: '' },
    { ...envelope, type: 'ACK1', methodPaths: [['changed']] },
    { ...envelope, type: 'ACK2' },
    { ...envelope, type: 'DESTROY' },
    {
      ...envelope,
      type: 'REPLY',
      callId: token,
      value: { ok: true, result: { record: token, tokens: {}, facts: {} } },
    },
    call('clear', {}),
    call('validate', {}),
    call('pair', { coordinator: id, form: id }),
    call('update', { texts: { number: { label: 'forged' } } }),
    call('changed', { fields: [{ name: 'number', status: 'valid', focused: false, touched: true }] }),
    call('prepare', {}),
    call('submit', {
      form: id,
      collection: 'cards',
      frames: frames.map(({ frame }) => frame),
      session: 'x'.repeat(43),
    }),
    { type: 'gather', request: 1 },
    { type: 'gathered', request: 1, revision: 1, values: { number: '4000056655694242' } },
    { type: 'joined', form: id, collection: 'cards', fields: ['number'] },
    { type: 'brand', brand: 'amex' },
    { type: 'show', request: 1, items: [{ slot: 'a', text: 'x', value: 'x' }] },
    { type: 'showed', request: 1, items: [] },
  ];
}

/**
 * Runs in the attacker's window: posts everything, once bare and once with a port, to the page and to every frame in it,
 * and waits for answers. Answers what was heard; our own frames must add nothing to it.
 */
export async function fling(
  messages: readonly object[],
): Promise<{ readonly posted: number; readonly heard: string[] }> {
  const { opener } = window as { opener: Window | null };
  const target = window.opened ?? (window.top === window ? (opener ?? window) : window.top) ?? window;
  const windows = [target, ...Array.from({ length: target.length }, (_, index) => target[index])];
  const heard: string[] = [];
  const hear =
    (where: string) =>
    ({ data }: MessageEvent<unknown>): void => {
      heard.push(`${where} ${JSON.stringify(data)}`);
    };
  const listener = hear('window');
  if (window !== target) window.addEventListener('message', listener);
  let posted = 0;
  for (const each of windows) {
    if (each === undefined || each === window) continue;
    for (const message of messages) {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = hear('port');
      each.postMessage(message, '*');
      each.postMessage(message, '*', [port2]);
      posted += 2;
    }
  }
  await new Promise((resolve) => setTimeout(resolve, 700));
  window.removeEventListener('message', listener);
  return { posted, heard };
}
