import { parseConfig, type CloisterConfig } from '@cloister/protocol';

/** A shop's configuration with every default filled in. */
export function shopConfig(): CloisterConfig {
  const parsed = parseConfig({
    hosts: ['https://shop.example'],
    elements: 'https://elements.shop.example',
    vault: 'https://vault.shop.example',
    collections: {
      cards: {
        number: { type: 'card-number', reveal: 'last4', disclose: ['brand', 'last4'] },
        expiry: { type: 'card-expiry', reveal: 'plain' },
        cvc: { type: 'card-cvc' },
        name: { type: 'person-name', optional: true },
      },
      notes: { note: { type: 'text', optional: true }, other: { type: 'text', optional: true } },
    },
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.config;
}
