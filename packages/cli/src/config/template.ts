import type { ConfigFile } from './config-file.js';

/** What `cloister init` starts a project with: loopback names, so that `cloister dev` runs it as it is. */
export const STARTER = {
  hosts: ['http://localhost:5173'],
  elements: 'http://elements.localhost:4201',
  vault: 'http://vault.localhost:4202',
  collections: {
    cards: {
      number: { type: 'card-number', reveal: 'last4', disclose: ['brand', 'last4'] },
      expiry: { type: 'card-expiry', reveal: 'plain' },
      cvc: { type: 'card-cvc', keep: '1h' },
      name: { type: 'person-name', optional: true },
    },
  },
} as const satisfies ConfigFile;

/** The same for `cloister.config.json`, which has no comments but has a schema that editors understand. */
export const JSON_TEMPLATE = `${JSON.stringify(
  { $schema: './node_modules/@cloister/protocol/dist/config.schema.json', ...STARTER },
  undefined,
  2,
)}\n`;

/** The same with every option explained. `config/template.test.ts` proves that both say the same. */
export const TYPESCRIPT_TEMPLATE = `// The one file that the vault, the frames and the policies are made from, so that they cannot disagree.
export default {
  // Who may embed the fields: exact origins of your pages, without a path. Everybody else is refused.
  hosts: ['http://localhost:5173'],

  // Where the frames are served from: an origin of its own, never one of the hosts. In production https only,
  // e.g. https://elements.shop.example; plain http is accepted for loopback names.
  elements: 'http://elements.localhost:4201',

  // Where values are kept; again an origin of its own. Only the frames and your backend talk to it.
  vault: 'http://vault.localhost:4202',

  // What the frames send values to: 'cloister' (the vault above) or 'memory' (nowhere; for trying out, gone on reload).
  // adapter: 'cloister',

  // Whether a shown value may have a button that copies it, where a page asks for one. Default: false.
  // copy: true,

  // Sets of fields that are submitted together. You choose the names; pages ask for them by name.
  collections: {
    cards: {
      number: {
        // 'card-number', 'card-expiry', 'card-cvc', 'person-name' or 'text': brings format, checks, keyboard, autofill.
        type: 'card-number',
        // The most that a browser may ever be shown: 'redacted', 'masked' (default), 'last4' or 'plain'.
        reveal: 'last4',
        // Facts that your page may know about a valid number: 'brand', 'last4', 'bin'. Default: none.
        disclose: ['brand', 'last4'],
        // What stands for the value elsewhere. Default, and so far the only format: a random UUID.
        // token: 'uuid',
      },
      expiry: { type: 'card-expiry', reveal: 'plain' },
      // How long the value is kept: minutes, hours or days. A security code never longer than an hour.
      cvc: { type: 'card-cvc', keep: '1h' },
      // May be left empty.
      name: { type: 'person-name', optional: true },
    },
  },
} satisfies import('@cloister/cli').ConfigFile;
`;
