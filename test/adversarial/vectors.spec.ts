import { HostServer } from '../support/host-server.js';
import { freePorts } from '../support/free-ports.js';
import { allPassed, readVectors } from '../support/vectors/read-vectors.js';
import { serveVectors } from '../support/vectors/vectors-page.js';
import { expect, test } from '@playwright/test';

test.describe('cryptography of the browser', () => {
  test('does what every Wycheproof vector says, with none skipped', async ({ page }) => {
    const [port = 0] = await freePorts(1);
    const hosts = new HostServer(port);
    await hosts.listen();
    try {
      await page.goto(`${hosts.origin('shop')}${await serveVectors(hosts)}`);
      await page.waitForFunction(() => 'vectors' in window);
      expect(await page.evaluate(() => window.vectors)).toEqual(allPassed(await readVectors()));
    } finally {
      await hosts.close();
    }
  });
});
