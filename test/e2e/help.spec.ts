import { BenchPage, MODES } from '../support/bench-page.js';
import { recordRequests } from '../support/requests.js';
import { expect, test } from '../support/test.js';

const HOSTILE = [
  'On the <b>back</b>, <em>three</em> digits',
  '<img src="/seen-image" onerror="document.title=1">',
  '<a href="/seen-link">a link</a>',
  '<style>body{background:url(/seen-style)}</style>',
  '<script>fetch("/seen-script")</script>',
  '<iframe src="/seen-frame"></iframe>',
  '<span style="position:fixed" id="x" class="error" onclick="1">plain</span>',
].join(' ');

for (const mode of MODES) {
  test.describe(`help texts, ${mode}`, () => {
    test('A38 markup keeps its emphasis and loses everything else, and nothing is fetched for it', async ({
      page,
      world,
    }) => {
      const requests = recordRequests(page);
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode, { texts: { cvc: { help: { markup: HOSTILE } } } });
      const help = bench.field('cvc', mode).locator('.help');
      await expect(help.locator('b')).toHaveText('back');
      await expect(help.locator('em')).toHaveText('three');
      await expect(help).toContainText('a link');
      expect(await help.innerHTML()).toMatch(
        /^On the <b>back<\/b>, <em>three<\/em> digits {2}a link {4}<span>plain<\/span>$/u,
      );
      expect(requests.filter((request) => request.endsWith('/purify.js'))).toHaveLength(1);
      expect(requests.filter((request) => request.includes('seen-'))).toEqual([]);
    });

    test('text is text, and the sanitiser is not loaded for it', async ({ page, world }) => {
      const requests = recordRequests(page);
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode, { texts: { cvc: { help: '<b>bold</b> & plain', label: 'Security code' } } });
      await expect(bench.field('cvc', mode).locator('.help')).toHaveText('<b>bold</b> & plain');
      expect(requests.filter((request) => request.includes('/collect.html'))).not.toEqual([]);
      expect(requests.filter((request) => request.endsWith('/purify.js'))).toEqual([]);
    });
  });
}
