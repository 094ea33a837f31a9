import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HeaderRule } from '@cloister/csp';
import { BenchPage, VISA } from '../support/bench-page.js';
import { cloister, type Ended } from '../support/cli.js';
import { withConfigFolder } from '../support/config-folder.js';
import { PolicyWatch } from '../support/policy-watch.js';
import { BRIDGE } from '../support/product.js';
import { expect, test } from '../support/test.js';
import { BENCH, type World } from '../support/world.js';

const OWN = 'document.documentElement.dataset.own = "ran";';
const PAGE = BENCH.replace(
  '<body>',
  '<body><script>document.documentElement.dataset.inline = "ran";</script><script src="/own.js"></script>',
);

/** A site of files in a folder: a page, a script of its own, the SDK and what uses it. */
async function writeSite(world: World, folder: string): Promise<string> {
  const site = join(folder, 'site');
  await mkdir(site);
  const bench = await fetch(`http://127.0.0.1:${String(world.hosts.port)}/bench.js`).then((answer) => answer.text());
  const files = { 'checkout.html': PAGE, 'own.js': OWN, 'bench.js': bench, 'cloister.js': await readFile(BRIDGE) };
  for (const [name, content] of Object.entries(files)) await writeFile(join(site, name), content);
  return site;
}

const generate = (folder: string, ...words: readonly string[]): Promise<Ended> =>
  cloister(['csp', 'generate', '--site', 'site', '--target', 'json', ...words], { cwd: folder });

let served = 0;
/** Puts the page where browsers find it, with the headers that were printed; answers its path. */
async function serve({ hosts }: World, site: string, { printed }: Ended): Promise<string> {
  const [rule] = JSON.parse(printed) as readonly HeaderRule[];
  hosts.serve('/own.js', { type: 'text/javascript', body: await readFile(join(site, 'own.js'), 'utf8') });
  hosts.serve('/favicon.ico', { type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' });
  served += 1;
  return hosts.serve(`/site-${String(served)}`, {
    body: await readFile(join(site, 'checkout.html'), 'utf8'),
    headers: Object.fromEntries(rule?.headers ?? []),
  });
}

const ran = (bench: BenchPage): Promise<object> =>
  bench.page.evaluate(() => Object.fromEntries(Object.entries(document.documentElement.dataset)));

test.describe('cloister csp generate --site', () => {
  for (const { mode, words } of [
    { mode: 'hashes', words: ['--pin'] },
    { mode: 'hosts', words: [] },
  ])
    test(`a site of files takes a card under the policy of mode ${mode}, and nothing is refused`, async ({
      page,
      world,
    }) => {
      await withConfigFolder(world, async (folder) => {
        const site = await writeSite(world, folder);
        const generated = await generate(folder, '--mode', mode, ...words);
        expect(generated).toMatchObject({ code: 0 });
        const watch = await PolicyWatch.on(page);
        const bench = new BenchPage(page, world);
        await bench.mountCard('one frame', { path: await serve(world, site, generated) });
        await bench.fill(VISA, 'one frame');
        expect(await bench.submit()).toMatchObject({ ok: true });
        expect(await ran(bench)).toMatchObject({ inline: 'ran', own: 'ran' });
        expect(watch.objections).toEqual([]);
      });
    });

  test('A104 a file that was changed on the server no longer runs, nor does what is put into the page', async ({
    page,
    world,
  }) => {
    await withConfigFolder(world, async (folder) => {
      const site = await writeSite(world, folder);
      const path = await serve(world, site, await generate(folder, '--pin'));
      world.hosts.serve('/own.js', { type: 'text/javascript', body: `${OWN} fetch('/stolen')` });
      const bench = new BenchPage(page, world);
      await bench.open(path);
      await page.evaluate(() => {
        const script = document.createElement('script');
        script.textContent = 'document.documentElement.dataset.injected = "ran"';
        document.body.append(script);
      });
      expect(await ran(bench)).toEqual({ inline: 'ran' });
    });
  });

  test('A104 a script without integrity does not run, even where a source that was added later would let it', async ({
    page,
    world,
  }) => {
    await withConfigFolder(world, async (folder) => {
      const site = await writeSite(world, folder);
      const { printed, ...ended } = await generate(folder, '--pin');
      const loose = printed.replace('script-src', "script-src 'self'");
      world.hosts.serve('/late.js', { type: 'text/javascript', body: 'document.documentElement.dataset.late = "ran"' });
      const bench = new BenchPage(page, world);
      const open = async (headers: string): Promise<object> => {
        await bench.open(await serve(world, site, { ...ended, printed: headers }));
        await page.evaluate(
          () =>
            new Promise((resolve) => {
              const script = Object.assign(document.createElement('script'), { src: '/late.js' });
              script.onload = script.onerror = resolve;
              document.body.append(script);
            }),
        );
        return ran(bench);
      };
      expect(await open(loose)).toEqual({ inline: 'ran', own: 'ran' });
      expect(await open(loose.replace('Integrity-Policy', 'X-Nothing'))).toHaveProperty('late', 'ran');
    });
  });

  test('without integrity there is no policy of hashes, and the command says what to do', async ({ world }) => {
    await withConfigFolder(world, async (folder) => {
      await writeSite(world, folder);
      const { code, printed, noted } = await generate(folder);
      expect([code, printed]).toEqual([2, '']);
      expect(noted).toContain('refuses scripts without integrity: checkout.html: /own.js');
      expect(noted).toContain('--pin writes it');
      expect((await generate(folder, '--mode', 'nonces')).noted).toContain('cannot have a nonce');
    });
  });
});
