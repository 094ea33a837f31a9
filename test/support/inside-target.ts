import type { Browser } from '@playwright/test';

/**
 * Evaluates an expression in every frame process of a browser whose document's address begins so, beside Playwright, which
 * loses sight of frames that come out of the back/forward cache. Answers what each said, as JSON values.
 */
export async function insideTargets(
  browser: Browser,
  address: string,
  expression: string,
): Promise<readonly unknown[]> {
  const session = await browser.newBrowserCDPSession();
  const { targetInfos } = await session.send('Target.getTargets');
  const answers: unknown[] = [];
  for (const { targetId, url } of targetInfos.filter((target) => target.url.startsWith(address))) {
    const { sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: false });
    const answer = new Promise<unknown>((resolve) => {
      session.on('Target.receivedMessageFromTarget', (event) => {
        const { id, result } = JSON.parse(event.message) as { id?: number; result?: { result: { value?: unknown } } };
        if (event.sessionId === sessionId && id === 1) resolve(result?.result.value ?? `nothing from ${url}`);
      });
    });
    const message = JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression, returnByValue: true } });
    await session.send('Target.sendMessageToTarget', { sessionId, message });
    answers.push(await answer);
    await session.send('Target.detachFromTarget', { sessionId });
  }
  await session.detach();
  return answers;
}
