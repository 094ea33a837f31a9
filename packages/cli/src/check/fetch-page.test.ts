import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fetchPage, metaPolicies } from './fetch-page.js';

const META = `<meta http-equiv="Content-Security-Policy" content="default-src 'self'">`;
const HTML = `<!doctype html><html><head>${META}</head><body></body></html>`;

async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
}

describe('policies in the markup', () => {
  it.each([
    ['stand in the head', HTML],
    ['stand behind letters that are longer in lower case', `<head><title>${'İ'.repeat(90)}</title>${META}`],
    ['stand behind a script that writes of comments', `<head><script>a = '<!--'</script>${META}`],
    ['have references', META.replaceAll("'", '&#39;')],
    ['are in capitals', META.replace('<meta http-equiv', '<META HTTP-EQUIV')],
    ['have a second content that does not count', META.replace('>', ` content="default-src *">`)],
  ])('are read where they %s', (_, html) => {
    expect(metaPolicies(html)).toEqual(["default-src 'self'"]);
  });

  it.each([
    ['in a comment', `<head><!-- ${META} --></head>`],
    ['in a comment that does not end', `<head><!-- ${META}`],
    ['in the body', `<head></head><body>${META}`],
    ['in a script', `<head><script>const text = \`${META}\`</script></head>`],
    ['where no script runs', `<head><noscript>${META}</noscript></head>`],
    ['in a template', `<head><template>${META}</template></head>`],
  ])('are none %s', (_, html) => {
    expect(metaPolicies(html)).toEqual([]);
  });

  it('are looked for in a time that grows with the markup', () => {
    for (const piece of ['<', '<!--', '<script', '<meta ', '<meta a="', '<title>']) {
      const began = performance.now();
      metaPolicies(piece.repeat(1_000_000 / piece.length));
      expect(performance.now() - began).toBeLessThan(5000);
    }
  });
});

describe('a page that is asked for', () => {
  it('is read no further than its head may be', async () => {
    let sent = 0;
    const url = await serving((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': "img-src 'self'" });
      response.write(HTML);
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536))) sent += 65_536;
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    });
    expect(await fetchPage(url)).toMatchObject({ enforced: ["img-src 'self'"], meta: ["default-src 'self'"] });
    expect(sent).toBeLessThan(50_000_000);
  });

  it.each([
    [
      'answers by an error',
      (status: number): RequestListener =>
        (_, response) =>
          response.writeHead(status).end(HTML),
    ],
    [
      'breaks off',
      (): RequestListener => (_, response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('<');
        setTimeout(() => response.destroy(), 50);
      },
    ],
  ])('and that %s is unreachable', async (_, listener) => {
    await expect(fetchPage(await serving(listener(503)))).rejects.toMatchObject({ code: 'unreachable' });
  });
});
