import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MASTERCARD, VISA, type Card, type Mode } from '../support/bench-page.js';
import { auditPlaces, filePlaces, findLeaks, hostPlaces, logPlaces } from '../support/canary.js';
import { Stage, type Backend } from '../support/stage.js';
import { expect, test } from '../support/test.js';
import { breakLine } from '../support/vault-line.js';
import { startWorld, type World } from '../support/world.js';

type Tokens = Readonly<Record<string, string | undefined>>;

const FIELDS = ['number', 'expiry', 'cvc', 'name'] as const;

/** One way to leak a card, by somebody who has it; and the stream that must tell. */
interface Plant {
  readonly name: string;
  readonly stream: string;
  readonly leak: (card: Card) => unknown;
  /** Whether it is our frame that leaks, and not the page. */
  readonly inFrame?: boolean;
}

/** Every channel once, and every form of a value once. */
const PLANTS: readonly Plant[] = [
  {
    name: 'a message of a frame to the page',
    stream: 'window card',
    inFrame: true,
    leak: ({ number }) => {
      parent.postMessage({ seen: number }, '*');
    },
  },
  {
    name: 'a port of a frame to the page, and what comes over it',
    stream: 'port from card',
    inFrame: true,
    leak: ({ cvc }) => {
      const { port1, port2 } = new MessageChannel();
      parent.postMessage('port', '*', [port2]);
      port1.postMessage({ cvc });
    },
  },
  { name: 'a frame on the console', stream: 'console', inFrame: true, leak: ({ name }) => console.debug(name) },
  {
    name: 'a port within the page',
    stream: 'port page',
    leak: ({ number }) => {
      new MessageChannel().port1.postMessage(number.replace(/.{4}/gu, '$& '));
    },
  },
  {
    name: 'an attribute of an iframe',
    stream: 'dom card',
    leak: ({ number }) => document.querySelector('iframe')?.setAttribute('data-x', number.slice(3, 11)),
  },
  { name: 'a text', stream: 'dom BODY', leak: ({ expiry }) => document.body.append(`until 20${expiry.slice(2)}-12`) },
  { name: 'the address', stream: 'history', leak: ({ number }) => (location.hash = btoa(`n=${number}&`)) },
  {
    name: 'the history',
    stream: 'history',
    leak: ({ cvc }) => {
      history.replaceState({ cvc }, '');
    },
  },
  {
    name: 'a request',
    stream: 'request',
    leak: async ({ number }) => fetch('/bench', { method: 'POST', body: Array.from(number).join('-') }),
  },
  { name: 'a picture', stream: 'request', leak: ({ name }) => (new Image().src = `/bench?${name}`) },
  {
    name: 'local storage',
    stream: 'snapshot',
    leak: ({ expiry }) => (localStorage['x'] = expiry.replace('12', '12/')),
  },
  {
    name: 'session storage',
    stream: 'storage',
    leak: ({ cvc }) => {
      sessionStorage.setItem('x', JSON.stringify([cvc]));
    },
  },
  { name: 'a cookie', stream: 'snapshot', leak: ({ number }) => (document.cookie = `x=${number}`) },
  { name: 'a database', stream: 'snapshot', leak: ({ number }) => indexedDB.open(`x${number.slice(0, 8)}`) },
  { name: 'an uncaught error', stream: 'error', leak: ({ name }) => setTimeout(() => void JSON.parse(name)) },
  { name: 'an unhandled rejection', stream: 'error', leak: ({ cvc }) => void Promise.reject(new Error(`is ${cvc}!`)) },
  {
    name: 'a hash of the value',
    stream: 'window self',
    leak: async ({ number }) => {
      const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(number));
      const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
      window.postMessage(hex, location.origin);
    },
  },
  {
    name: 'what the SDK answers',
    stream: 'sdk leaky',
    leak: ({ number }) => window.spyOn('leaky', { submit: async () => ({ value: number }) }).submit(),
  },
  {
    name: 'what the SDK throws',
    stream: 'sdk leaky',
    leak: ({ expiry }) =>
      window
        .spyOn('leaky', { submit: () => Promise.reject(Object.assign(new Error('x'), { hint: `"${expiry}"` })) })
        .submit()
        .catch(() => undefined),
  },
  {
    name: 'an event of the SDK',
    stream: 'sdk leaky',
    leak: ({ name }) =>
      window.spyOn('leaky', {
        on: (type: string, listener: (event: unknown) => void) => {
          if (type === 'change') listener({ text: encodeURIComponent(name) });
        },
      }),
  },
];

/** Leaks of one stream, of what was observed last. */
const latest = (stage: Stage, stream: string): readonly string[] =>
  findLeaks(hostPlaces(stage.trace.steps.at(-1)?.entries ?? []), VISA).filter((leak) => leak.endsWith(` in ${stream}`));

test.describe('the search for leaks notices', () => {
  test('T01 a value in everything that a page can observe', async ({ page, world }) => {
    const stage = await Stage.set(page, world);
    await stage.mount({ collection: 'cards', fields: FIELDS, mode: 'one frame' });
    expect(findLeaks(hostPlaces(stage.trace.entries), VISA)).toEqual([]);
    const frame = page.frames().find((each) => each.url().includes('/collect.html'));
    for (const { name, stream, leak, inFrame } of PLANTS) {
      await test.step(name, async () => {
        // A look at the document still shows what was planted there earlier.
        const before = stream === 'snapshot' ? latest(stage, stream).length : 0;
        await (inFrame === true ? frame : page)?.evaluate(leak, VISA);
        await stage.trace.mark(name);
        expect(latest(stage, stream).length, name).toBeGreaterThan(before);
      });
    }
  });

  test('T01 a value in the files, the log and the audit trail of a vault', async ({ world }) => {
    const { number, name, expiry, cvc } = VISA;
    const contents: readonly (string | Buffer)[] = [
      `number=${number}`,
      Buffer.concat([Buffer.of(0xff, 0), Buffer.from(name)]),
      Buffer.from(number, 'utf16le'),
      Buffer.from(`{"c":"${cvc}"}`),
      `,${expiry},`,
    ];
    for (const content of contents) {
      await writeFile(join(world.data, 'planted'), content);
      expect(findLeaks(await filePlaces(world.data), VISA)).toEqual([expect.stringContaining(' in planted')]);
    }
    await rm(join(world.data, 'planted'));
    const log = [{ message: 'refused', body: { number } }];
    expect(findLeaks(logPlaces({ log }), VISA)).toEqual(['digits of the number in log']);
    expect(findLeaks(auditPlaces([{ body: JSON.stringify({ cvc }) }]), VISA)).toEqual(['the security code in audit']);
  });
});

/** Tries everything that can fail, then succeeds; answers the tokens. */
async function payWithTrouble(stage: Stage, world: World, { card, mode }: { card: Card; mode: Mode }): Promise<Tokens> {
  const refused: readonly (readonly [Backend, string])[] = [
    ['throws', 'session'],
    ['nonsense', 'session'],
    ['other collection', 'forbidden'],
  ];
  for (const [backend, code] of refused) {
    await stage.mount({ collection: 'cards', fields: FIELDS, mode, backend });
    for (const field of FIELDS) await stage.insert(field, card[field]);
    expect(await stage.submit()).toEqual({ ok: false, code });
  }
  await stage.mount({ collection: 'cards', fields: FIELDS, mode });
  await stage.type('number', card.number);
  expect(await stage.submit()).toEqual({ ok: false, code: 'invalid' });
  for (const field of FIELDS.slice(1)) await stage.type(field, card[field]);
  const line = await breakLine(stage.page, world, 'no connection');
  expect(await stage.submit()).toEqual({ ok: false, code: 'offline' });
  await line.repair();
  const outcome = await stage.submit();
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.tokens;
}

test.describe('no value leaves', () => {
  test.describe.configure({ timeout: 180_000 });
  const payments = [
    { card: VISA, mode: 'one frame' },
    { card: MASTERCARD, mode: 'a frame per field' },
  ] as const;

  for (const { card, mode } of payments) {
    test(`T01 A15 A32 to the page or into the vault's files, when a card is paid with and revealed, ${mode}`, async ({
      page,
    }) => {
      const world = await startWorld();
      try {
        const stage = await Stage.set(page, world);
        const tokens = await payWithTrouble(stage, world, { card, mode });
        await stage.mountReveal({ number: tokens['number'], expiry: tokens['expiry'], name: tokens['name'] });
        expect(await stage.show()).toEqual(['shown', 'shown', 'shown']);
        // The values did make the whole way, and are not found only because nobody looks there.
        await expect(stage.value('name')).toHaveText(card.name);
        const seen = new Set(stage.trace.entries.map(({ stream }) => stream.split(' ')[0]));
        expect([...seen]).toEqual(expect.arrayContaining(['window', 'port', 'sdk', 'dom', 'size', 'focus', 'request']));
        expect(findLeaks(hostPlaces(stage.trace.entries), card)).toEqual([]);
        const audit = auditPlaces(await world.vault.audit.rows());
        expect(audit.length).toBeGreaterThan(4);
        expect(findLeaks([...audit, ...logPlaces(world), ...(await filePlaces(world.data))], card)).toEqual([]);
        await world.vault.close();
        const files = await filePlaces(world.data);
        expect(files.map(({ where }) => where)).toContain('vault.db');
        expect(findLeaks(files, card)).toEqual([]);
      } finally {
        await world.close();
      }
    });
  }
});
