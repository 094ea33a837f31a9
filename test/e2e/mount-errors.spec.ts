import { BenchPage, MODES } from '../support/bench-page.js';
import { freePorts } from '../support/free-ports.js';
import { expect, test } from '../support/test.js';
import { BENCH, type World } from '../support/world.js';

/** Serves a page like the bench with a policy of its own. */
const withPolicy = (world: World, policy: string): string =>
  world.hosts.serve('/policed', { body: BENCH, headers: { 'Content-Security-Policy': policy } });

/** An origin that is not ours and has a collect document that a test wrote. */
function fakeElements(world: World, script: string): string {
  world.hosts.serve('/collect.html', { body: `<!doctype html><title>fake</title><script>${script}</script>` });
  return world.hosts.origin('fake');
}

/** A document that greets the page as ours do. */
const greeting = (changes: object): string => {
  const hello = { cloister: 'hello', protocol: 1, build: 'fake-build', role: 'collect', frame: 'f'.repeat(22) };
  return `parent.postMessage(${JSON.stringify({ ...hello, ...changes })}, location.ancestorOrigins[0])`;
};

for (const mode of MODES) {
  test.describe(`a mount that is refused says why, ${mode}`, () => {
    test('`csp`: the policy of the page does not let our frames in, and the hint says what to add', async ({
      page,
      world,
    }) => {
      const bench = new BenchPage(page, world);
      await bench.open(withPolicy(world, "frame-src 'self'"));
      const hint = `frame-src 'self' ${world.elements}`;
      expect(await bench.tryMount(mode)).toEqual({ name: 'CloisterError', code: 'csp', hint, retryable: false });
      await expect(page.locator('iframe')).toHaveCount(0);
      // In place of the directive that the page has.
      await bench.open(withPolicy(world, hint));
      expect(await bench.tryMount(mode)).toBeNull();
    });

    test('`csp`: a `default-src` is a policy for frames too; with the hint taken the fields come', async ({
      page,
      world,
    }) => {
      const bench = new BenchPage(page, world);
      const others = "default-src 'self'; style-src 'unsafe-inline'";
      await bench.open(withPolicy(world, others));
      const refused = await bench.tryMount(mode);
      expect(refused).toMatchObject({ code: 'csp' });
      await bench.open(withPolicy(world, `${others}; ${refused?.hint ?? ''}`));
      expect(await bench.tryMount(mode)).toBeNull();
      await bench.type('number', '4242', mode);
      await expect(bench.input('number', mode)).toHaveValue('4242');
    });

    test('`blocked`: nobody answers at the elements origin', async ({ page, world }) => {
      const [port = 0] = await freePorts(1);
      const bench = new BenchPage(page, world);
      await bench.open();
      const refused = await bench.tryMount(mode, { elements: `http://elements.localhost:${String(port)}` });
      expect(refused).toMatchObject({ code: 'blocked', retryable: true });
    });

    test('`blocked`: something on the way keeps the frames out; when it is gone the same page mounts', async ({
      page,
      world,
    }) => {
      const bench = new BenchPage(page, world);
      await bench.open();
      await page.route('**/collect.html', (route) => route.abort('blockedbyclient'));
      expect(await bench.tryMount(mode)).toMatchObject({ code: 'blocked', retryable: true });
      await page.unroute('**/collect.html');
      expect(await bench.tryMount(mode)).toBeNull();
    });

    test('`timeout`: the document never comes', async ({ page, world }) => {
      const bench = new BenchPage(page, world);
      await bench.open();
      world.hosts.serve('/collect.html', { handle: () => new Promise(() => undefined) });
      const elements = world.hosts.origin('fake');
      expect(await bench.tryMount(mode, { elements, timeout: 1000 })).toMatchObject({
        code: 'timeout',
        retryable: true,
      });
      await expect(page.locator('iframe')).toHaveCount(0);
    });

    test('`timeout`: the document greets and then says nothing', async ({ page, world }) => {
      const bench = new BenchPage(page, world);
      await bench.open();
      const elements = fakeElements(world, greeting({}));
      expect(await bench.tryMount(mode, { elements, timeout: 1000 })).toMatchObject({ code: 'timeout' });
    });

    test('`version`: the document speaks another version of the contract', async ({ page, world }) => {
      const bench = new BenchPage(page, world);
      await bench.open();
      const elements = fakeElements(world, greeting({ protocol: 999, more: 'than we know' }));
      expect(await bench.tryMount(mode, { elements })).toMatchObject({ code: 'version', retryable: false });
    });

    test('`origin`: the page is not on the list, and the hint names it', async ({ page, world }) => {
      const bench = new BenchPage(page, world);
      const evil = world.hosts.origin('evil');
      await bench.open('/bench', evil);
      expect(await bench.tryMount(mode)).toMatchObject({ code: 'origin', hint: `add ${evil} to hosts` });
      await expect(page.locator('iframe')).toHaveCount(0);
    });

    test('`appearance`: a value that could fetch something, and the hint points at it', async ({ page, world }) => {
      const bench = new BenchPage(page, world);
      await bench.open();
      const rules = { input: { base: { backgroundColor: 'url(http://evil.localhost/x)' } } };
      const refused = await bench.tryMount(mode, { look: { appearance: { rules } } });
      expect(refused).toMatchObject({ code: 'appearance', hint: '/rules/input/base/backgroundColor' });
    });
  });
}

test.describe('a mount that is refused says why', () => {
  test('`collection` and `field`: names that the configuration does not have', async ({ page, world }) => {
    await new BenchPage(page, world).open();
    const mount = (collection: string, field: string): Promise<string> =>
      page.evaluate(
        async ([collection, field]) => {
          try {
            await window.makeClient().collect(collection).field(field).mount('#card');
            return 'mounted';
          } catch (error) {
            return error instanceof TypeError ? 'TypeError' : (error as { readonly code: string }).code;
          }
        },
        [collection, field] as const,
      );
    expect(await mount('cards', 'number')).toBe('mounted');
    expect(await mount('purses', 'number')).toBe('collection');
    expect(await mount('cards', 'iban')).toBe('field');
    // Names that objects have by themselves are no names at all (A42).
    expect(await mount('constructor', 'name')).toBe('TypeError');
  });

  test('misuse is a TypeError at once, not a rejection', async ({ page, world }) => {
    const bench = new BenchPage(page, world);
    await bench.mountCard('one frame');
    const thrown = await page.evaluate(() => {
      const messages: string[] = [];
      for (const misuse of [
        () => window.form.field('number').mount('#nowhere'),
        () => window.form.field('number').mount('#number'),
        () => window.client.collect('cards', { messages: { required: 7 as unknown as string } }),
        () => window.makeClient({ elements: 'https://elements.example/path' }),
        () => window.makeClient({ elements: location.origin }),
      ])
        try {
          void misuse();
          messages.push('nothing');
        } catch (error) {
          messages.push(error instanceof TypeError ? error.message : 'another error');
        }
      return messages;
    });
    expect(thrown).toEqual([
      expect.stringContaining('not in the document'),
      expect.stringContaining('number is mounted'),
      expect.stringContaining('messages/required'),
      expect.stringContaining('elements'),
      expect.stringContaining('origin of this page'),
    ]);
  });
});
