import { BenchPage, LABELS, MASTERCARD, MODES, VISA } from '../support/bench-page.js';
import { expect, test } from '../support/test.js';

for (const mode of MODES) {
  test.describe(`a form’s life, ${mode}`, () => {
    test('mount, unmount and mount in one breath, as StrictMode does, leaves one form that works', async ({
      page,
      world,
    }) => {
      const bench = new BenchPage(page, world);
      await bench.open();
      const outcomes = await page.evaluate(
        async ({ mode, labels }) => {
          window.client = window.makeClient();
          window.form = window.client.collect('cards');
          const mount = (): readonly Promise<void>[] =>
            mode === 'one frame'
              ? [
                  window.form.mount('#card', {
                    layout: [['number'], ['expiry', 'cvc'], ['name']],
                    texts: Object.fromEntries(labels.map(([name, label]) => [name, { label }])),
                  }),
                ]
              : labels.map(([name, label]) => window.form.field(name, { label }).mount(`#${name}`));
          const first = mount();
          window.form.unmount();
          const second = mount();
          const settled = await Promise.allSettled([...first, ...second]);
          return settled.map((one) =>
            one.status === 'fulfilled' ? 'mounted' : (one.reason as { readonly code?: string }).code,
          );
        },
        { mode, labels: Object.entries(LABELS) },
      );
      const frames = mode === 'one frame' ? 1 : 4;
      expect(outcomes).toEqual([...Array<string>(frames).fill('unmounted'), ...Array<string>(frames).fill('mounted')]);
      await bench.fill(VISA, mode);
      expect(await bench.submit()).toMatchObject({ ok: true });
      await expect(page.locator('iframe')).toHaveCount(frames + 1);
    });

    test('words and looks change under what was typed', async ({ page, world }) => {
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode);
      await bench.type('number', '424242', mode);
      await page.evaluate(() => {
        window.form.update({
          texts: { number: { label: 'Kartennummer', placeholder: '1234 …' } },
          appearance: { theme: 'underline', variables: { colorText: '#123456' } },
          locale: 'de',
        });
      });
      const frame = bench.frame(mode === 'one frame' ? 'card' : 'number');
      const input = frame.getByLabel('Kartennummer');
      await expect(input).toHaveValue('4242 42');
      await expect(input).toHaveAttribute('placeholder', '1234 …');
      await expect(input).toHaveCSS('color', 'rgb(18, 52, 86)');
      await expect(input).toHaveCSS('border-top-width', '0px');
      await expect(frame.locator('html')).toHaveAttribute('lang', 'de');
      await page.keyboard.type('42');
      await expect(input).toHaveValue('4242 4242');
    });

    test('clear empties one field, reset all of them, and neither complains', async ({ page, world }) => {
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode);
      await bench.fill(VISA, mode);
      await page.evaluate(() => {
        window.form.field('cvc').clear();
      });
      await expect(bench.input('cvc', mode)).toHaveValue('');
      await expect(bench.input('number', mode)).toHaveValue('4242 4242 4242 4242');
      await page.evaluate(() => {
        window.form.reset();
      });
      for (const field of ['number', 'expiry', 'cvc', 'name'] as const) {
        await expect(bench.input(field, mode)).toHaveValue('');
        await expect(bench.error(field, mode)).toHaveText('');
      }
      await expect.poll(async () => (await bench.state()).state).toBe('empty');
      await expect(bench.field('number', mode).locator('.icon')).toHaveText('');
      await bench.fill(MASTERCARD, mode);
      expect(await bench.submit()).toMatchObject({ ok: true, facts: { number: { last4: '4444' } } });
    });

    test('what was typed is gone after an unmount', async ({ page, world }) => {
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode);
      await bench.fill(VISA, mode);
      await page.evaluate(() => {
        window.form.unmount();
      });
      expect(await bench.state()).toMatchObject({ complete: false, fields: {} });
      expect(await bench.submit()).toEqual({ ok: false, code: 'unmounted' });
      await page.evaluate(async (one) => {
        if (one) await window.form.mount('#card', { layout: [['number']] });
        else await window.form.field('number').mount('#number');
      }, mode === 'one frame');
      await expect(bench.input('number', mode)).toHaveValue('');
    });

    test('destroy leaves nothing of ours, and the page goes on', async ({ page, world }) => {
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode);
      await bench.fill(VISA, mode);
      await expect(page.locator('iframe')).toHaveCount(mode === 'one frame' ? 2 : 5);
      const codes = await page.evaluate(async () => {
        const { form, client } = window;
        client.destroy();
        const code = (error: unknown): string | undefined => (error as { readonly code?: string }).code;
        const late = await form.submit().then(() => 'submitted', code);
        try {
          client.collect('cards');
          return [late, 'made'];
        } catch (error) {
          return [late, code(error)];
        }
      });
      expect(codes).toEqual(['destroyed', 'destroyed']);
      await expect(page.locator('iframe')).toHaveCount(0);
      expect(await bench.tryMount(mode)).toBeNull();
      await bench.fill(MASTERCARD, mode);
      expect(await bench.submit()).toMatchObject({ ok: true, facts: { number: { last4: '4444' } } });
    });

    test('a listener ends with its disposer, with its signal, and with nothing else', async ({ page, world }) => {
      const bench = new BenchPage(page, world);
      await bench.mountCard(mode);
      await page.evaluate(() => {
        window.heard = [];
        const hear =
          (type: string) =>
          (payload: (typeof window.heard)[number]['payload']): void => {
            window.heard.push({ type, payload });
          };
        const abort = new AbortController();
        window.form.on('focus', hear('always'));
        const stop = window.form.on('focus', hear('disposed'));
        window.form.on('focus', hear('aborted'), { signal: abort.signal });
        window.form.on('blur', () => {
          stop();
          abort.abort();
        });
      });
      await bench.input('number', mode).click();
      await bench.input('cvc', mode).click();
      const types = async (): Promise<readonly string[]> =>
        (await bench.heard('always', 'disposed', 'aborted')).map(({ type }) => type);
      await expect.poll(types).toEqual(['always', 'disposed', 'aborted', 'always']);
    });
  });
}

test.describe('several on one page', () => {
  test('two forms of one client and one of another do not mix', async ({ page, world }) => {
    const bench = new BenchPage(page, world);
    await bench.mountCard('one frame');
    await page.evaluate(async () => {
      const other = window.makeClient();
      const layout = [['number'], ['expiry', 'cvc'], ['name']];
      const second = window.client.collect('cards');
      const third = other.collect('cards');
      await Promise.all([second.mount('#number', { layout }), third.mount('#expiry', { layout })]);
      Object.assign(window, { forms: [window.form, second, third], changes: [0, 0, 0] });
      [window.form, second, third].forEach((form, index) => {
        form.on('change', () => {
          const { changes } = window as unknown as { changes: number[] };
          changes[index] = (changes[index] ?? 0) + 1;
        });
      });
    });
    const fill = async (at: string, card: typeof VISA): Promise<void> => {
      for (const [index, text] of [card.number, card.expiry, card.cvc, card.name].entries()) {
        await bench.frame(at).getByRole('textbox').nth(index).click();
        await page.keyboard.type(text);
      }
    };
    const changes = (): Promise<readonly number[]> =>
      page.evaluate(() => (window as unknown as { changes: number[] }).changes);
    await fill('number', MASTERCARD);
    await expect.poll(async () => (await changes())[1]).toBeGreaterThan(0);
    expect(await changes()).toMatchObject([0, expect.any(Number), 0]);
    await fill('card', VISA);
    await fill('expiry', { ...VISA, number: '378282246310005', cvc: '7373' });
    const last4 = await page.evaluate(async () => {
      const { forms } = window as unknown as { forms: readonly (typeof window.form)[] };
      const results = await Promise.all(forms.map((form) => form.submit()));
      return results.map(({ facts }) => facts['number']?.last4);
    });
    expect(last4).toEqual(['4242', '4444', '0005']);
  });
});
