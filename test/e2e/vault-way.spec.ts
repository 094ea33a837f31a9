import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { findChromium } from '../../scripts/browser.mjs';
import { BenchPage, VISA } from '../support/bench-page.js';
import { RevealBench } from '../support/reveal-bench.js';
import { expect, test } from '../support/test.js';
import { VaultCaller } from '../support/vault-caller.js';
import { watchSockets } from '../support/vault-sockets.js';

test('submits are a request each, about which no browser asks first, over one connection', async ({ page, world }) => {
  const bench = new BenchPage(page, world);
  await bench.mountCard('one frame');
  await bench.fill(VISA, 'one frame');
  const sockets = watchSockets(world);
  expect(await bench.submit()).toMatchObject({ ok: true });
  await bench.type('cvc', VISA.cvc, 'one frame');
  expect(await bench.submit()).toMatchObject({ ok: true });
  sockets.stop();
  expect(sockets.arrivals.map(({ line }) => line)).toEqual(['POST /v1/records', 'POST /v1/records']);
  expect(new Set(sockets.arrivals.map(({ socket }) => socket)).size).toBe(1);
});

test('forty values are one request', async ({ page, world }) => {
  const caller = new VaultCaller(world);
  const tokens: string[] = [];
  while (tokens.length < 40) {
    const { number, name } = await caller.stored();
    tokens.push(number, name);
  }
  // What cannot be seen is not shown.
  await page.setViewportSize({ width: 800, height: 4000 });
  const bench = new RevealBench(page, world);
  const shown = tokens.map((token, at) => ({ token, at: '', label: `Value ${String(at)}` }));
  await bench.mount('one frame', shown);
  const sockets = watchSockets(world);
  const outcome = await bench.show();
  sockets.stop();
  expect(outcome.ok && outcome.states.map(({ status }) => status)).toEqual(Array(40).fill('shown'));
  expect(sockets.arrivals.map(({ line }) => line)).toEqual(['POST /v1/reveal']);
});

test('the connection is open before the first submit, which takes it', async ({ world }) => {
  // Chromium opens nothing ahead in a private window, which is what a test has as a rule.
  const folder = await mkdtemp(join(tmpdir(), 'cloister-profile-'));
  const executablePath = findChromium();
  const context = await chromium.launchPersistentContext(
    folder,
    executablePath === undefined ? {} : { executablePath },
  );
  try {
    const sockets = watchSockets(world);
    const bench = new BenchPage(await context.newPage(), world);
    await bench.mountCard('one frame');
    await bench.enter('one frame');
    await expect.poll(() => sockets.opened.length).toBe(1);
    await bench.fill(VISA, 'one frame');
    expect(await bench.submit()).toMatchObject({ ok: true });
    sockets.stop();
    expect(sockets.arrivals.map(({ line, socket }) => [line, sockets.opened.indexOf(socket)])).toEqual([
      ['POST /v1/records', 0],
    ]);
  } finally {
    await context.close();
    await rm(folder, { recursive: true, force: true });
  }
});
