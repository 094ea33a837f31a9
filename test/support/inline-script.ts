import { createHash } from 'node:crypto';

/** The value that a policy or an `integrity` attribute names these bytes by. */
export const integrityOf = (body: Uint8Array | string): string =>
  `sha384-${createHash('sha384').update(body).digest('base64')}`;

const START = '<script>';
const END = '</script>';

/** The text of a document's one script. */
export function inlineScript(document: Uint8Array): string {
  const [, script, ...more] = Buffer.from(document).toString('utf8').split(START);
  if (script === undefined || more.length > 0) throw new Error('the document has not exactly one script');
  return script.slice(0, script.indexOf(END));
}

/** The same document with another script, and its policy (or nothing but its bytes) left alone. */
export const withInlineScript = (document: Uint8Array, change: (script: string) => string): Buffer => {
  const script = inlineScript(document);
  return Buffer.from(
    Buffer.from(document)
      .toString('utf8')
      .replace(script, () => change(script)),
  );
};
