import { describe, expect, it } from 'vitest';
import { senderOf } from './sender.js';
import { collecting, legacy, post } from './test-support/reports.js';

describe('the budget of a sender', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '::ffff:203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:DB8:1:2::9', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['a:b', 'a:b'],
    ['', ''],
    ['x'.repeat(1000), 'x'.repeat(64)],
  ])('%s is that of %s', (client, sender) => {
    expect(senderOf(client)).toBe(sender);
  });

  it('A99 is one for all addresses of a network of IPv6', async () => {
    const rates = { client: { burst: 2, perSecond: 0 }, all: { burst: 100, perSecond: 0 }, clients: 100 };
    const { collector } = collecting({ rates });
    const from = async (client: string): Promise<number> => (await collector.answer(post(legacy()), client)).status;
    expect([await from('2001:db8::1'), await from('2001:db8::2'), await from('2001:db8::3')]).toEqual([204, 204, 429]);
    expect([await from('2001:db8:0:1::1'), await from('::ffff:192.0.2.1'), await from('::ffff:192.0.2.2')]).toEqual([
      204, 204, 204,
    ]);
  });
});
