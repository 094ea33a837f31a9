import type { BrowserContext, Frame } from '@playwright/test';
import { BenchPage, MODES } from '../support/bench-page.js';
import { expect, test } from '../support/test.js';

const CARD = { number: '5555555555554444', name: '山田 太郎', expiryMonth: '12', expiryYear: '2030', cvc: '737' };

/** Makes the browser fill a card in, as a person's choice from its list does. */
async function autofill(context: BrowserContext, frame: Frame): Promise<void> {
  const session = await context.newCDPSession(frame);
  const { root } = await session.send('DOM.getDocument');
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'input' });
  const { node } = await session.send('DOM.describeNode', { nodeId });
  const { frameTree } = await session.send('Page.getFrameTree');
  await session.send('Autofill.trigger', {
    fieldId: node.backendNodeId,
    frameId: frameTree.frame.id,
    card: CARD,
  });
}

for (const mode of MODES) {
  test(`the browser's own autofill fills the whole form from its first field, ${mode}`, async ({
    page,
    context,
    world,
  }) => {
    const bench = new BenchPage(page, world);
    await bench.mountCard(mode);
    await bench.input('number', mode).click();
    await autofill(context, await bench.frameOf('number', mode));
    await expect(bench.input('number', mode)).toHaveValue('5555 5555 5555 4444');
    await expect(bench.input('expiry', mode)).toHaveValue('12/30');
    await expect(bench.input('cvc', mode)).toHaveValue('737');
    await expect(bench.input('name', mode)).toHaveValue('山田 太郎');
    await expect.poll(async () => (await bench.state()).complete).toBe(true);
    expect(await bench.submit()).toMatchObject({ ok: true, facts: { number: { brand: 'mastercard', last4: '4444' } } });
  });
}
