import { parseConfig, type CloisterConfig } from '@cloister/protocol';
import { describe, expect, it } from 'vitest';
import { STARTER } from '../config/template.js';
import { devConfig } from './dev-config.js';

function starter(): CloisterConfig {
  const parsed = parseConfig(STARTER);
  if (!parsed.ok) throw new Error('the starter must be valid');
  return parsed.config;
}

describe('devConfig', () => {
  it('lets the playground embed, once', () => {
    const first = devConfig(starter(), 4200, false);
    const again = devConfig(first.config, 4200, false);
    expect(first.config.hosts).toEqual([...STARTER.hosts, 'http://shop.localhost:4200']);
    expect(again.config.hosts).toEqual(first.config.hosts);
    expect(first.config.elements).toBe(STARTER.elements);
  });

  it('moves frames and vault to the next two ports when a port was asked for', () => {
    const { config, playground } = devConfig(starter(), 5000, true);
    expect([playground, config.elements, config.vault]).toEqual([
      'http://shop.localhost:5000',
      'http://elements.localhost:5001',
      'http://vault.localhost:5002',
    ]);
  });

  it.each([
    { name: 'a public host', change: { hosts: ['https://shop.example'] } },
    { name: 'a public elements origin', change: { elements: 'https://elements.shop.example' } },
    { name: 'a public vault', change: { vault: 'https://vault.shop.example' } },
    { name: 'an address of the local network', change: { hosts: ['http://192.168.1.10:5173'] } },
    { name: 'a name that only begins like loopback', change: { hosts: ['http://localhost.example:5173'] } },
    { name: 'every address of the machine', change: { vault: 'http://0.0.0.0:4202' } },
    { name: 'https, for which there is no certificate', change: { elements: 'https://elements.localhost:4201' } },
  ])('refuses $name', ({ change }) => {
    expect(() => devConfig({ ...starter(), ...change }, 4200, false)).toThrow(
      expect.objectContaining({ code: 'loopback' }),
    );
  });
});
