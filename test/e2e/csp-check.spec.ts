import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ATTEMPTS, hostHeaders, plainHeaders, SCRIPT_MODES, type Outcome, type ScriptMode } from '@cloister/csp';
import { cloister } from '../support/cli.js';
import { withConfigFolder } from '../support/config-folder.js';
import { openExampleShop } from '../support/example-shop.js';
import { expect, test } from '../support/test.js';
import type { World } from '../support/world.js';

const FRUITLESS = ATTEMPTS.filter(({ stoppedBy }) => stoppedBy.length === 0).map(({ id }) => id);
const BODY =
  '<!doctype html><html lang="en"><title>Checkout</title><h1>Checkout</h1><script src="/cloister.js"></script></html>';

let served = 0;
/** A page with these headers; answers its address. */
function serve({ hosts, shop }: World, headers: Readonly<Record<string, string>>): string {
  served += 1;
  return shop + hosts.serve(`/checked-${String(served)}`, { headers, body: BODY });
}

const generated = ({ config }: World, mode: ScriptMode): Readonly<Record<string, string>> =>
  Object.fromEntries(
    plainHeaders(hostHeaders({ elements: config.elements, mode, hashes: [`sha384-${'A'.repeat(64)}`], secure: false })),
  );

interface Report {
  readonly drill: readonly Outcome[];
  readonly milliseconds: number;
  readonly probe?: { readonly ok: boolean };
}

const through = ({ drill }: Pick<Report, 'drill'>): readonly string[] =>
  drill.filter(({ stopped }) => !stopped).map(({ attempt }) => attempt.id);

test.describe('cloister csp check', () => {
  test.describe.configure({ timeout: 120_000 });

  test('without a policy every attempt of an attacker’s script succeeds, and the command fails', async ({ world }) => {
    const { code, printed, noted } = await cloister(['csp', 'check', serve(world, {}), '--json']);
    expect(code).toBe(1);
    expect(noted).toContain('no Content-Security-Policy is enforced');
    const report = JSON.parse(printed) as Report;
    expect(through(report)).toEqual(ATTEMPTS.map(({ id }) => id));
  });

  test('a generated policy lets the fields in and stops all that a policy can stop, within ten seconds', async ({
    world,
  }) => {
    await withConfigFolder(world, async (folder) => {
      const url = serve(world, generated(world, 'hosts'));
      const { code, printed } = await cloister(['csp', 'check', url, '--config', folder, '--json']);
      const report = JSON.parse(printed) as Report;
      expect(through(report)).toEqual(FRUITLESS);
      expect(report.probe).toMatchObject({ ok: true });
      expect(report.milliseconds).toBeLessThan(10_000);
      expect(code).toBe(0);
    });
  });

  test('a policy that keeps the fields out is named with the very directive to add', async ({ world }) => {
    await withConfigFolder(world, async (folder) => {
      const url = serve(world, { 'Content-Security-Policy': "default-src 'self'" });
      const { code, printed } = await cloister(['csp', 'check', url, '--config', folder, '--drill', 'no']);
      expect(code).toBe(1);
      expect(printed).toContain(`frame-src of the page refuses it; add ${world.elements} to frame-src`);
    });
  });

  test('a page whose fields have the names of what is asked, and whose scripts lie, is looked at all the same', async ({
    world,
  }) => {
    const body = `<!doctype html><html lang="en"><title>Clobbered</title>
<meta http-equiv="Content-Security-Policy" content="img-src 'self'"><script>__refused = [{ blocked: 1 }, null, 'x']</script>
<form action="/pay" method="post"><input name="action"><input name="method"><input name="elements"></form>
<form name="scripts"></form><img name="forms" alt=""><img name="querySelectorAll" alt=""></html>`;
    served += 1;
    const url = world.shop + world.hosts.serve(`/checked-${String(served)}`, { headers: {}, body });
    const folder = await mkdtemp(join(tmpdir(), 'cloister-report-'));
    try {
      const { code, printed, noted } = await cloister([
        'csp',
        'check',
        url,
        '--drill',
        'no',
        '--json',
        '--out',
        folder,
      ]);
      expect(code, noted).toBe(0);
      const { observation } = JSON.parse(printed) as { readonly observation: object };
      const inputs = ['action', 'method', 'elements'];
      expect(observation).toMatchObject({
        meta: ["img-src 'self'"],
        scripts: [{ src: '' }],
        forms: [{ action: `${world.shop}/pay`, method: 'post', inputs }, {}],
        violations: [{ blocked: '' }, { blocked: '' }, { blocked: '' }],
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('the report is files that load and run nothing, and shows what a page says of itself as text', async ({
    page,
    world,
  }) => {
    const folder = await mkdtemp(join(tmpdir(), 'cloister-report-'));
    try {
      const url = serve(world, {
        'Content-Security-Policy': "default-src 'self'",
        'X-Mark': '<script>alert(1)</script>',
      });
      await cloister(['csp', 'check', url, '--drill', 'no', '--out', folder]);
      const html = await readFile(join(folder, 'report.html'), 'utf8');
      expect(html).toContain('&lt;script&gt;alert(1)');
      expect(JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'))).toMatchObject({ observation: { url } });
      expect((await readFile(join(folder, 'screenshot.png'))).subarray(1, 4).toString()).toBe('PNG');
      const refused: string[] = [];
      page.on('console', (message) => refused.push(message.text()));
      await page.setContent(html);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Policies of ${url}`);
      await expect(page.locator('script')).toHaveCount(0);
      expect(refused).toEqual([]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test.describe('modes, measured', () => {
    /** What gets through in a mode, apart from what no policy stops. */
    const EXTRA: Readonly<Record<ScriptMode, readonly string[]>> = {
      hosts: [],
      hashes: [],
      nonces: [],
      // What a script that runs already loads may run, too: that is what it is for.
      'strict-dynamic': [
        'foreign-script',
        'inline-script',
        'data-script',
        'blob-script',
        'module-import',
        'script',
        'module-preload',
      ],
    };
    for (const mode of SCRIPT_MODES)
      test(`${mode}: ${EXTRA[mode].length === 0 ? 'nothing' : 'what a script loads'} gets through that a policy can stop`, async ({
        world,
      }) => {
        const { printed } = await cloister(['csp', 'check', serve(world, generated(world, mode)), '--json']);
        expect(through(JSON.parse(printed) as Report).toSorted()).toEqual([...EXTRA[mode], ...FRUITLESS].toSorted());
      });
  });
});

test('cloister csp demo: the same attacks without the policy and with it', async () => {
  test.setTimeout(60_000);
  const { code, printed } = await cloister(['csp', 'demo', '--json']);
  expect(code).toBe(0);
  const { without, with: within } = JSON.parse(printed) as Record<'without' | 'with', readonly Outcome[]>;
  expect(through({ drill: without })).toHaveLength(ATTEMPTS.length);
  expect(through({ drill: within })).toEqual(FRUITLESS);
});

test('cloister csp demo <url>: the example shop, without its policy and with it', async () => {
  test.setTimeout(60_000);
  const shop = await openExampleShop();
  try {
    const { code, printed } = await cloister(['csp', 'demo', `${shop.urls.shop}/checkout`]);
    expect(code).toBe(0);
    expect(printed).toContain(`Without: 0 of ${String(ATTEMPTS.length)} stopped.`);
    expect(printed).toContain(
      `With: ${String(ATTEMPTS.length - FRUITLESS.length)} of ${String(ATTEMPTS.length)} stopped.`,
    );
  } finally {
    await shop.close();
  }
});
