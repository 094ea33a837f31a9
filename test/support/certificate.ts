import { generateKeyPairSync, sign } from 'node:crypto';

/** One value of DER (X.690 §8.1); none that is needed here is longer than 65 535 bytes. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const hex = (tag: number, content: string): Buffer => der(tag, Buffer.from(content, 'hex'));
const text = (tag: number, content: string): Buffer => der(tag, Buffer.from(content));

/** ecdsa-with-SHA256 (RFC 5758 §3.2) and commonName (RFC 5280 §A.1). */
const ALGORITHM = sequence(hex(0x06, '2a8648ce3d040302'));
const NAME = sequence(der(0x31, sequence(hex(0x06, '550403'), text(0x0c, 'localhost'))));
const utcTime = (at: number): Buffer =>
  text(0x17, `${new Date(at).toISOString().replaceAll(/\D/gu, '').slice(2, 14)}Z`);

/** What a server of TLS needs, signed by itself (RFC 5280 §4.1): for browsers that were told to accept any. */
export function selfSigned(): { readonly key: string; readonly cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const day = 24 * 60 * 60 * 1000;
  const validity = sequence(utcTime(Date.now() - day), utcTime(Date.now() + day));
  const known = publicKey.export({ type: 'spki', format: 'der' });
  const body = sequence(hex(0x02, '01'), ALGORITHM, NAME, validity, NAME, known);
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, privateKey));
  const cert = sequence(body, ALGORITHM, signature).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${cert.replaceAll(/.{64}/gu, '$&\n')}\n-----END CERTIFICATE-----\n`,
  };
}
