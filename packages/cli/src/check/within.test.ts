import { expect, it } from 'vitest';
import { within } from './within.js';

const URL_OF_PAGE = 'https://shop.example/checkout';

it('what comes in time is answered, also where it fails', async () => {
  expect(await within(1000, URL_OF_PAGE, Promise.resolve(1))).toBe(1);
  await expect(within(1000, URL_OF_PAGE, Promise.reject(new Error('gone')))).rejects.toThrow('gone');
});

it('a page that never answers is not waited for', async () => {
  const never = new Promise<never>(() => undefined);
  await expect(within(20, URL_OF_PAGE, never)).rejects.toMatchObject({ code: 'unreachable' });
});
