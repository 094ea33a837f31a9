import { generateKeyPairSync, sign } from 'node:crypto';

/** What `node:https` takes. */
export interface Credentials {
  readonly key: string;
  readonly cert: string;
}

/** One element of DER (X.690 §8.1): its tag, its length, its content. */
function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  if (body.length < 0x80) return Buffer.concat([Buffer.of(tag, body.length), body]);
  const length = body.length < 0x100 ? Buffer.of(0x81, body.length) : Buffer.of(0x82, body.length >> 8, body.length);
  return Buffer.concat([Buffer.of(tag), length, body]);
}

const sequence = (...content: readonly Uint8Array[]): Buffer => der(0x30, ...content);
const time = (text: string): Buffer => der(0x17, Buffer.from(text));
/** ecdsa-with-SHA256, 1.2.840.10045.4.3.2. */
const ALGORITHM = sequence(der(0x06, Buffer.from('2a8648ce3d040302', 'hex')));
/** The one name: a common name (2.5.4.3). */
const NAME = sequence(
  der(0x31, sequence(der(0x06, Buffer.from('550403', 'hex')), der(0x0c, Buffer.from('oracle.test')))),
);

/**
 * A certificate that nobody trusts, signed by its own key (RFC 5280 §4.1), for servers whose browser is told not to ask. Made anew each
 * time, so that no key stands in the repository.
 */
export function selfSigned(): Credentials {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const certificate = sequence(
    der(0x02, Buffer.of(1)),
    ALGORITHM,
    NAME,
    sequence(time('200101000000Z'), time('490101000000Z')),
    NAME,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = der(0x03, Buffer.of(0), sign('sha256', certificate, privateKey));
  const text = sequence(certificate, ALGORITHM, signature).toString('base64');
  return {
    key: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    cert: `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`,
  };
}
