import type { Header } from './headers.js';
import { ENDPOINT, hostPolicy, type HostPage } from './host-policy.js';
import { policyText } from './reasons.js';

/** A header, and why a page with secure fields has it. */
export interface ReasonedHeader {
  readonly name: string;
  readonly value: string;
  readonly reason: string;
}

/** What else is asked of the browser. */
export interface HostHeaderOptions {
  /** `report`: nothing is refused, everything told. For the first days of a policy. Default: `enforce`. */
  readonly disposition?: 'enforce' | 'report';
  /** Whether shown values may be copied by a button, so that the frames need the clipboard. Default: false. */
  readonly copy?: boolean;
  /** Whether the page must be isolated across origins (`SharedArrayBuffer`); the fields can be embedded then, too. Default: false. */
  readonly isolated?: boolean;
  /**
   * Whether scripts are refused, wherever they come from, that lack `integrity` or are asked for without `crossorigin` (Integrity-Policy).
   * Scripts of other services have none. Default: false.
   */
  readonly integrity?: boolean;
}

/** Features that a payment page does not use; a script that got in shall not, either. */
const UNUSED = ['camera', 'display-capture', 'geolocation', 'hid', 'microphone', 'midi', 'serial', 'usb'] as const;

function permissions(elements: string, copy: boolean): string {
  const off = [...UNUSED, 'clipboard-read'].map((feature) => `${feature}=()`);
  return [...off, `clipboard-write=(self${copy ? ` "${elements}"` : ''})`].join(', ');
}

function isolation(isolated: boolean): readonly ReasonedHeader[] {
  const opener: ReasonedHeader = {
    name: 'Cross-Origin-Opener-Policy',
    value: isolated ? 'same-origin' : 'same-origin-allow-popups',
    reason: 'a page that opened this one keeps no hold of it; windows of banks and wallets still work',
  };
  if (!isolated) return [opener];
  const embedder: ReasonedHeader = {
    name: 'Cross-Origin-Embedder-Policy',
    value: 'require-corp',
    reason: 'isolation across origins; the fields’ documents say that they may be embedded so',
  };
  return [opener, embedder];
}

function integrityPolicy({ reports }: HostPage, options: HostHeaderOptions): ReasonedHeader | undefined {
  const { disposition, integrity = false } = options;
  if (!integrity) return undefined;
  return {
    name: disposition === 'report' ? 'Integrity-Policy-Report-Only' : 'Integrity-Policy',
    value: `blocked-destinations=(script)${reports === undefined ? '' : `, endpoints=(${ENDPOINT})`}`,
    reason: 'a script without integrity does not run, even if a source that is added later would let it',
  };
}

/**
 * All headers of a page with secure fields, each with its reason; the policy is the first.
 *
 * @throws TypeError as `hostPolicy` does.
 */
export function hostHeaders(page: HostPage, options: HostHeaderOptions = {}): readonly ReasonedHeader[] {
  const { disposition = 'enforce', copy = false, isolated = false } = options;
  const { reports, elements, secure = true } = page;
  const all: readonly (ReasonedHeader | undefined)[] = [
    {
      name: disposition === 'enforce' ? 'Content-Security-Policy' : 'Content-Security-Policy-Report-Only',
      value: policyText(hostPolicy(page)),
      reason: 'who may run in the page, and where data may go',
    },
    reports === undefined
      ? undefined
      : { name: 'Reporting-Endpoints', value: `${ENDPOINT}="${reports}"`, reason: 'where browsers send reports' },
    integrityPolicy(page, options),
    { name: 'Permissions-Policy', value: permissions(elements, copy), reason: 'powers that the page does not use' },
    ...isolation(isolated),
    {
      name: 'Referrer-Policy',
      value: 'strict-origin-when-cross-origin',
      reason: 'addresses of orders stay on the site',
    },
    { name: 'X-Content-Type-Options', value: 'nosniff', reason: 'an upload does not become a script' },
    secure
      ? {
          name: 'Strict-Transport-Security',
          value: 'max-age=63072000; includeSubDomains',
          reason: 'no first request without encryption',
        }
      : undefined,
  ];
  return all.filter((header) => header !== undefined);
}

/** The same without reasons, for an emitter. */
export const plainHeaders = (headers: readonly ReasonedHeader[]): readonly Header[] =>
  headers.map(({ name, value }): Header => [name, value]);
