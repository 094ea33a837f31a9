import type { HostRow, TableOrigin } from './hosts.js';

export const TRUSTED_TYPES_ORIGIN: TableOrigin = {
  source: 'braintree/braintree-web#774 and paypal/paypal-js#680 on GitHub',
  date: '2026-11-22',
};

/** SDKs that were seen to fail where Trusted Types are required. */
export const NO_TRUSTED_TYPES: readonly HostRow[] = [
  {
    host: '.braintreegateway.com',
    why: 'its data collector writes scripts into a frame that has no policy of the page (3.32.0; mended later)',
  },
  { host: 'www.paypal.com', why: 'its JavaScript SDK 5 makes its button without a policy that could be named' },
];
