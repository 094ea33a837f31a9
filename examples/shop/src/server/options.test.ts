import { describe, expect, it } from 'vitest';
import { startOptions } from './options.js';

describe('startOptions', () => {
  it('opens the shop on port 4100, with its data under the working folder', () => {
    expect(startOptions([])).toMatchObject({ port: 4100, once: false, json: false, headed: false, coep: false });
    expect(startOptions([]).data).toBe(`${process.cwd()}/data/shop`);
  });

  it.each(['', 'x', '-1', '1.5', '65534', ' '])('refuses the port "%s", which leaves no room for three', (port) => {
    expect(() => startOptions([`--port=${port}`])).toThrow('--port takes a number');
  });

  it.each(['shop.localhost', 'http://shop.localhost:8080/', 'javascript:alert(1)'])(
    'refuses to stand behind "%s"',
    (origin) => {
      expect(() => startOptions(['--behind', origin])).toThrow('--behind takes an origin');
    },
  );

  it('refuses an option that does not exist', () => {
    expect(() => startOptions(['--prot', '4100'])).toThrow("Unknown option '--prot'");
  });
});
