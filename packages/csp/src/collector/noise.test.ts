import { describe, expect, it } from 'vitest';
import { NOISE, noiseOf, type NoiseFacts } from './noise.js';
import { collecting, post, violation } from './test-support/reports.js';

describe('noise', () => {
  it.each<[string, NoiseFacts]>([
    ['extension', { blocked: 'chrome-extension' }],
    ['extension', { blocked: 'chrome-extension://abc/x.js' }],
    ['extension', { source: 'moz-extension' }],
    ['extension', { source: 'safari-web-extension://0C6A/x.js', blocked: 'inline' }],
    ['extension', { source: 'webkit-masked-url://hidden/' }],
    ['browser', { source: 'resource://gre/modules/x.js' }],
    ['about', { blocked: 'about' }],
    ['about', { blocked: 'about:blank' }],
    ['about', { blocked: 'inline', document: 'about' }],
    ['translated-copy', { blocked: 'https://a.example/', document: 'https://shop-example.translate.goog/' }],
    ['translated-copy', { document: 'https://shop-example.translate.goog/checkout' }],
    ['translation', { blocked: 'https://translate.googleapis.com/element.css' }],
    ['antivirus', { blocked: 'https://gc.kis.v2.scr.kaspersky-labs.com/x/main.js' }],
    ['injected', { blocked: 'inline', sample: 'try {\r\nvar AG_onLoad=function(func){if(d' }],
  ])('is %s where a report has %j', (id, facts) => {
    expect(noiseOf(facts)?.id).toBe(id);
  });

  it.each<NoiseFacts>([
    {},
    { blocked: 'https://elements.example/collect.html' },
    { blocked: 'https://chrome-extension.example/' },
    { blocked: 'https://translate.goog.evil.example/' },
    { blocked: 'https://about.example/' },
    { document: 'https://translate.goog/' },
    { blocked: 'inline', sample: 'alert(1)' },
    { blocked: 'data' },
    { blocked: 'https://evil.example/loot', source: 'chrome-extension' },
    { blocked: 'https://evil.example/loot', document: 'about' },
    { blocked: 'https://evil.example/loot', document: 'about:srcdoc' },
    { blocked: 'wss://evil.example/', source: 'https://translate.googleapis.com/a.js' },
  ])('is not in %j', (facts) => {
    expect(noiseOf(facts)).toBeUndefined();
  });

  it('is counted, and not kept', async () => {
    const { collector, stored } = collecting();
    const noise = violation({ blockedURL: 'inline', sourceFile: 'chrome-extension' });
    await collector.answer(post([noise, violation(), noise]), 'client');
    expect(stored).toHaveLength(1);
    expect(collector.groups()).toHaveLength(1);
    expect(collector.counts().filtered).toEqual([{ labels: { rule: 'extension' }, count: 2 }]);
  });

  it('is what the caller says it is', async () => {
    const { collector, stored } = collecting({ noise: [] });
    await collector.answer(post([violation({ blockedURL: 'inline', sourceFile: 'chrome-extension' })]), 'client');
    expect(stored).toHaveLength(1);
  });

  it('has a reason for each rule, and a name of its own', () => {
    expect(new Set(NOISE.map(({ id }) => id)).size).toBe(NOISE.length);
    for (const { reason } of NOISE) expect(reason).toMatch(/^[A-Z].*\.$/u);
  });
});
