/**
 * What other payment and identity SDKs ask of the page around them, as data with its source and date, for pages that embed several. Hosts are of
 * their production environments unless the name says otherwise.
 *
 * None of this is a promise of theirs: SDKs change what they load without a word. `check` of a page shows what is so today.
 */

/** One service. */
export interface Service {
  readonly id: string;
  readonly title: string;
  /** Where its maker says so: a page, or the code of its package. */
  readonly source: string;
  /** The day on which that was read, or `null`: written down from general knowledge, and to be compared with it. */
  readonly read: string | null;
  /** Sources by directive, to be added to the page's own. */
  readonly sources: Readonly<Record<string, readonly string[]>>;
  /** What it asks for that weakens a policy, and what becomes of a page that says no. */
  readonly remarks: readonly string[];
}

/** This list as a whole; it grows with every change of a row. */
export const SERVICES_VERSION = '2026-11-22';

const STRIPE: Service = {
  id: 'stripe',
  title: 'Stripe.js and Elements',
  source: 'https://docs.stripe.com/security/guide#content-security-policy',
  read: null,
  sources: {
    'script-src': ['https://js.stripe.com', 'https://*.js.stripe.com'],
    'frame-src': ['https://js.stripe.com', 'https://*.js.stripe.com', 'https://hooks.stripe.com'],
    'connect-src': ['https://api.stripe.com'],
  },
  remarks: ['Its script has no fixed content, so integrity cannot be pinned.', 'Address fields also load Google Maps.'],
};

const BRAINTREE: Service = {
  id: 'braintree',
  title: 'Braintree hosted fields',
  source: 'https://github.com/braintree/braintree-web/tree/3.144.0',
  read: '2026-11-22',
  sources: {
    'script-src': ['https://js.braintreegateway.com', 'https://assets.braintreegateway.com'],
    'frame-src': ['https://assets.braintreegateway.com'],
    'img-src': ['https://assets.braintreegateway.com'],
    'connect-src': [
      'https://api.braintreegateway.com',
      'https://client-analytics.braintreegateway.com',
      'https://payments.braintree-api.com',
    ],
  },
  remarks: [
    'The gateway names the host of its analytics when a page begins; the one here is from general knowledge.',
    'Its data collector also loads https://c.paypal.com and an image of https://b.stats.paypal.com.',
    'Its Drop-in sets styles in attributes and asks for style-src with unsafe-inline; hosted fields alone do not.',
    '3-D Secure opens frames of banks that no list can name.',
  ],
};

const ADYEN: Service = {
  id: 'adyen',
  title: 'Adyen Web Components',
  source: 'https://github.com/Adyen/adyen-web/tree/v6.45.2',
  read: '2026-11-22',
  sources: {
    'script-src': ['https://checkoutshopper-live.adyen.com'],
    'style-src': ['https://checkoutshopper-live.adyen.com'],
    'frame-src': ['https://checkoutshopper-live.adyen.com'],
    'img-src': ['https://checkoutshopper-live.adyen.com', 'https://checkoutshopper-live.cdn.adyen.com'],
    'connect-src': [
      'https://checkoutshopper-live.adyen.com',
      'https://checkoutshopper-live.cdn.adyen.com',
      'https://checkoutanalytics-live.adyen.com',
    ],
  },
  remarks: [
    'Hosts differ by region (checkoutshopper-live-us, -au, -apse, -in, -nea; checkoutanalytics likewise); name yours.',
    '3-D Secure opens frames of banks that no list can name.',
  ],
};

const PAYPAL: Service = {
  id: 'paypal',
  title: 'PayPal JavaScript SDK',
  source: 'https://developer.paypal.com/sdk/js/configuration/',
  read: null,
  sources: {
    'script-src': ['https://www.paypal.com', 'https://www.paypalobjects.com'],
    'frame-src': ['https://www.paypal.com'],
    'img-src': ['https://www.paypalobjects.com', 'https://t.paypal.com'],
    'connect-src': ['https://www.paypal.com'],
  },
  remarks: ['It writes scripts and styles into the page: give its tag a `data-csp-nonce` in place of unsafe-inline.'],
};

const SKYFLOW: Service = {
  id: 'skyflow',
  title: 'Skyflow JS',
  source: 'https://github.com/skyflowapi/skyflow-js',
  read: null,
  sources: {
    'script-src': ['https://js.skyflow.com'],
    'frame-src': ['https://js.skyflow.com'],
    'connect-src': ['https://*.vault.skyflowapis.com'],
  },
  remarks: ['Its repository does not speak of policies; name the one host of your vault in place of the wildcard.'],
};

const VGS: Service = {
  id: 'vgs',
  title: 'VGS Collect and Show',
  source: 'https://docs.verygoodsecurity.com/vault/developer-tools/vgs-show/security-checklist',
  read: '2026-11-22',
  sources: {
    'script-src': ['https://js.verygoodvault.com'],
    'frame-src': ['https://js.verygoodvault.com', 'https://js3.verygoodvault.com'],
    'connect-src': ['https://js.verygoodvault.com', 'https://js3.verygoodvault.com', 'https://*.verygoodproxy.com'],
  },
  remarks: ['Name the one host of your vault in place of the wildcard.'],
};

const BASIS_THEORY: Service = {
  id: 'basis-theory',
  title: 'Basis Theory Web Elements',
  source: 'https://developers.basistheory.com/docs/sdks/web/web-elements/v3/security',
  read: '2026-11-22',
  sources: {
    'script-src': ['https://js.basistheory.com'],
    'frame-src': ['https://*.basistheory.com'],
    'connect-src': ['https://*.basistheory.com'],
  },
  remarks: ['Its element frames bring a policy of their own.'],
};

const EVERVAULT: Service = {
  id: 'evervault',
  title: 'Evervault UI Components',
  source: 'https://docs.evervault.com/cards/card-collection',
  read: null,
  sources: {
    'script-src': ['https://js.evervault.com'],
    'frame-src': ['https://ui-components.evervault.com'],
    'connect-src': ['https://keys.evervault.com', 'https://api.evervault.com'],
  },
  remarks: ['3-D Secure opens frames of banks that no list can name.'],
};

/** All of them, by what people call them. */
export const SERVICES: readonly Service[] = [STRIPE, BRAINTREE, ADYEN, PAYPAL, SKYFLOW, VGS, BASIS_THEORY, EVERVAULT];

/** The service of that id. @throws TypeError for one that is not in the list. */
export function serviceOf(id: string): Service {
  const found = SERVICES.find((service) => service.id === id);
  if (found === undefined)
    throw new TypeError(
      `there is no service "${id.slice(0, 40)}"; there are ${SERVICES.map((one) => one.id).join(', ')}`,
    );
  return found;
}
