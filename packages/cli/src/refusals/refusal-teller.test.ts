import { describe, expect, it } from 'vitest';
import { refusalTeller } from './refusal-teller.js';

const ELEMENTS = 'https://elements.shop.example';

function listening() {
  const heard: (readonly string[])[] = [];
  const teller = refusalTeller(ELEMENTS, (lines) => void heard.push(lines));
  /** Sends a report as a browser does. */
  const report = async (body: object, client = '127.0.0.1'): Promise<number> => {
    const headers = { 'content-type': 'application/csp-report' };
    const request = new Request('http://vault/', {
      method: 'POST',
      headers,
      body: JSON.stringify({ 'csp-report': body }),
    });
    return (await teller.answer(request, client)).status;
  };
  return { heard, report };
}

const refusal = (more: object = {}): object => ({
  'document-uri': 'https://shop.example/',
  'blocked-uri': ELEMENTS,
  'effective-directive': 'frame-src',
  'original-policy': "default-src 'self'",
  disposition: 'enforce',
  ...more,
});

describe('what browsers refused', () => {
  it('is told once for each cause, with the change that mends it', async () => {
    const { heard, report } = listening();
    for (let at = 0; at < 3; at += 1) expect(await report(refusal())).toBe(204);
    expect(heard).toHaveLength(1);
    expect(heard.flat().join('\n')).toContain(`change: Add the directive frame-src 'self' ${ELEMENTS}`);
  });

  it('A90 is told without the card number that stood in an address', async () => {
    const { heard, report } = listening();
    await report(refusal({ 'blocked-uri': 'https://evil.example/4242424242424242?card=4242424242424242' }));
    expect(heard).toHaveLength(1);
    expect(heard.flat().join('\n')).not.toContain('4242');
  });

  it('is no longer told to whoever invents causes', async () => {
    const { heard, report } = listening();
    const name = (at: number): string => String.fromCodePoint(97 + Math.floor(at / 26), 97 + (at % 26));
    for (let at = 0; at < 130; at += 1)
      await report(refusal({ 'document-uri': `https://shop.example/${name(at)}` }), `192.0.2.${String(at)}`);
    expect(heard).toHaveLength(100);
  });
});
